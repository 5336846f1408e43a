"""Files that members attach, as Discord hands them out: anybody with the address may have them."""

from collections.abc import Callable

from aiohttp import web

from .limits import Json


class Files:
    """What members attached."""

    def __init__(self, new_id: Callable[[], str]) -> None:
        self.address = ""
        self.served = 0
        """How often the bot has fetched one."""
        self._new_id = new_id
        self._content: dict[str, bytes] = {}

    def put(self, name: str, content: bytes) -> Json:
        """Attach a file; return what the bot is told about it."""
        file_id = self._new_id()
        self._content[file_id] = content
        url = f"{self.address}/{file_id}/{name}"
        about = {"id": file_id, "filename": name, "size": len(content), "content_type": "text/plain"}
        return {**about, "url": url, "proxy_url": url, "ephemeral": True}

    async def serve(self, request: web.Request) -> web.Response:
        """Hand a file out."""
        self.served += 1
        content = self._content.get(request.match_info["id"])
        return web.Response(body=content) if content is not None else web.Response(status=404)
