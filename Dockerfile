# The bot in production. docker compose up -d starts it beside PostgreSQL; docs/operating.md tells the rest.
# Both stages are Debian 12 with its Python 3.11, so that what is compiled in the first runs in the second.
FROM debian:bookworm-slim AS build
SHELL ["/bin/sh", "-euc"]
# The distribution fixes the versions: its security updates have to come in.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates make python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/avance
COPY Makefile pyproject.toml uv.lock ./
RUN make setup && rm -rf .uv
COPY bot bot
COPY handlers handlers
COPY models models
COPY reports reports
COPY spanish spanish
RUN .venv/bin/python -m compileall -q bot handlers models reports spanish

FROM debian:bookworm-slim
SHELL ["/bin/sh", "-euc"]
# The distribution fixes the versions: its security updates have to come in.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates python3 tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --no-create-home --home-dir /var/lib/avance avance \
    && install -d -o avance -g avance -m 0700 /var/lib/avance
COPY --from=build /opt/avance /opt/avance
WORKDIR /opt/avance
ENV DATA_DIR=/var/lib/avance HOST=0.0.0.0 PORT=8080 PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 10001:10001
VOLUME ["/var/lib/avance"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["/opt/avance/.venv/bin/python", "-m", "bot", "health"]
ENTRYPOINT ["/opt/avance/.venv/bin/python", "-m", "bot"]
CMD ["run"]
