# The command line `klaxon` with the headless services, from the packed tarball.
FROM node:20.20-bookworm-slim AS build
WORKDIR /klaxon
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN node scripts/pack-cli.mjs

FROM node:20.20-bookworm-slim
# A small young generation: what is read at the start is soon garbage, and the rest hardly changes. And it comes in large
# pieces: when they are free they go back to the system.
ENV NODE_ENV=production NODE_OPTIONS=--max-semi-space-size=2 MALLOC_MMAP_THRESHOLD_=131072
COPY --from=build /klaxon/dist/klaxon-*.tgz /tmp/
RUN npm install --global --ignore-scripts --no-audit --no-fund /tmp/klaxon-*.tgz \
  && rm -rf /tmp/klaxon-*.tgz /root/.npm
# Writes nothing anywhere: it runs with a read-only root.
USER node
ENTRYPOINT ["klaxon"]
CMD ["--help"]
