# The bot in an image: dependencies as pinned in requirements.lock, no build tools, no root.
FROM python:3.12-slim AS build
RUN pip install --no-cache-dir uv
WORKDIR /source
COPY . .
RUN uv build --wheel --out-dir /wheel

FROM python:3.12-slim
RUN useradd --create-home --uid 10001 pullquote && install --directory --owner pullquote /data
COPY --from=build /wheel /wheel
COPY requirements.lock /
RUN pip install --no-cache-dir --require-hashes --requirement /requirements.lock \
    && pip install --no-cache-dir --no-deps /wheel/*.whl
USER pullquote
ENV PULLQUOTE_DATABASE_URL=sqlite:////data/pullquote.db PULLQUOTE_LOG_FORMAT=json
VOLUME /data
ENTRYPOINT ["pullquote"]
CMD ["run"]
