# The proxy in a container, from this checkout:
#   docker build -t parley .
#   docker run --rm -it -p 127.0.0.1:8080:8080 -v parley:/data parley
# With a terminal (-it) it opens the screen, without one it prints a line for each flow. Clients must trust its root:
#   docker run --rm -v parley:/data parley ca export > parley.pem
FROM node:26-trixie-slim AS build
WORKDIR /parley
COPY package.json package-lock.json tsconfig.json tsconfig.build.json README.md LICENSE CHANGELOG.md CONTRIBUTING.md SECURITY.md ./
COPY runtime runtime
COPY ca ca
COPY src src
COPY examples examples
COPY man man
RUN npm ci && npm pack --pack-destination /tmp

FROM node:26-trixie-slim
COPY --from=build /tmp/parley-proxy-*.tgz /tmp/parley-proxy.tgz
RUN npm install --global --no-audit --no-fund /tmp/parley-proxy.tgz \
  && npm cache clean --force \
  && rm /tmp/parley-proxy.tgz \
  && install --directory --owner=node --group=node /data
USER node
ENV XDG_DATA_HOME=/data
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["parley"]
# what comes through a published port comes from Docker's own network: publish it on loopback alone
CMD ["--listen", "0.0.0.0:8080", "--allow", "172.16.0.0/12"]
