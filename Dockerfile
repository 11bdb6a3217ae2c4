# Mock VNeID in a container: docs/docker.md says how to run it.
# Nothing here needs BuildKit, so that older engines build it too.

ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build

# Behind a proxy that inspects TLS, npm must trust the proxy's certificate authority. It comes as the
# build secret "ca" or as docker/ca/*.crt, and stays in this stage.
COPY docker/ca/ /tmp/ca/
COPY package.json package-lock.json ./
RUN sed -s '$a\' $NODE_EXTRA_CA_CERTS /tmp/ca/*.crt /run/secrets/ca >/tmp/ca.pem 2>/dev/null; \
    if [ -s /tmp/ca.pem ]; then export NODE_EXTRA_CA_CERTS=/tmp/ca.pem; fi; \
    npm ci --include=dev --ignore-scripts --no-audit --no-fund

COPY tsconfig.json ./
COPY config/ config/
COPY scripts/ scripts/
COPY src/ src/
COPY views/ views/
RUN node -e "import('./scripts/build.mjs').then(({ buildIfStale }) => buildIfStale())"

# What runs: the bundle carries its dependencies, so there is no node_modules. Whatever the modes of a
# checkout are, everybody may read here and nobody but root may write.
COPY LICENSE ./
RUN mkdir /app && cp -r dist views config package.json LICENSE /app/ && chmod -R u=rwX,go=rX /app

FROM ${NODE_IMAGE}

ARG VERSION=unreleased
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Mock VNeID" \
      org.opencontainers.image.description="A mock of VNeID as an OpenID Connect provider. Not the real thing." \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="docker.io/library/node:24-bookworm-slim"

ENV NODE_ENV=production \
    MOCK_VNEID_HOST=0.0.0.0 \
    MOCK_VNEID_DATA_FOLDER=/data

# A new volume inherits owner and mode from here.
RUN mkdir /data && chown 1000:1000 /data && chmod 700 /data
VOLUME /data

WORKDIR /app
COPY --from=build /app/ ./

# The base image's user "node", by number, because Kubernetes' runAsNonRoot believes only numbers.
USER 1000:1000
EXPOSE 3006 3007
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=4s --start-period=20s --retries=3 \
  CMD ["node", "dist/cli.js", "health"]
ENTRYPOINT ["node", "dist/cli.js"]
CMD ["start"]
