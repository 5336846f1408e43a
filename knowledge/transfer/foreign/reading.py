"""One way into the files of all other systems."""

from collections.abc import Callable, Iterator, Mapping

from knowledge.files import Report, Value
from knowledge.transfer.beside import Beside
from knowledge.transfer.foreign.kendra import read_kendra
from knowledge.transfer.foreign.qna_maker import read_qna_maker
from knowledge.transfer.foreign.qnabot import read_qnabot
from knowledge.transfer.foreign.rasa import read_rasa
from knowledge.transfer.foreign.records import Found, entry_fields
from knowledge.transfer.formats import Format

_READERS: Mapping[Format, Callable[[bytes, Report], Iterator[Found]]] = {
    Format.QNA_MAKER: read_qna_maker,
    Format.QNABOT: read_qnabot,
    Format.KENDRA: read_kendra,
    Format.RASA: read_rasa,
}


def foreign_values(content: bytes, form: Format, beside: Beside, report: Report) -> Iterator[Value]:
    """Yield the entries of another system's file as mappings; what cannot be taken is reported and left out.

    `beside` keeps the ids that are made from hitting those of other entries.
    """
    return entry_fields(list(_READERS[form](content, report)), beside, report)
