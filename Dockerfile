# One static binary in an empty image: no shell, no package manager, nothing to patch but interdict itself. Time zones
# and root certificates are embedded in the binary.

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=auto -ldflags="-s -w" -o bin/interdict .

FROM scratch
COPY --from=build /src/bin/interdict /interdict
USER 65532:65532
# Every address, since the container is the boundary; that in turn requires INTERDICT_API_KEY.
ENV INTERDICT_LISTEN=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=5s CMD ["/interdict", "health"]
ENTRYPOINT ["/interdict"]
CMD ["serve"]
