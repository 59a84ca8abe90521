#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One call of gRPC over TLS without a certificate, with an empty message.

  grpc_call.py ADDRESS METHOD [NAME=VALUE ...]
Prints the number of the status; NAME=VALUE are headers of the call. Exit status: 0 when there was an
answer, 1 when none came.
"""
import socket
import ssl
import struct
import sys

PORT = 8443
LIMIT = 10
HEADERS, DATA, SETTINGS = 1, 0, 4
END_STREAM, END_HEADERS = 1, 4


def frame(kind, flags, stream, body):
    return struct.pack(">I", len(body))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + body


def header(name, value):
    """A literal without indexing (RFC 7541 section 6.2.2); both shorter than 127 bytes."""
    return bytes([0, len(name)]) + name.encode() + bytes([len(value)]) + value.encode()


def request(method, more):
    fields = [(":method", "POST"), (":scheme", "https"), (":path", method), (":authority", "mesh"),
              ("te", "trailers"), ("content-type", "application/grpc"), *more]
    return (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(SETTINGS, 0, 0, b"")
            + frame(HEADERS, END_HEADERS, 1, b"".join(header(*field) for field in fields))
            + frame(DATA, END_STREAM, 1, bytes(5)))


def status_in(heard):
    name = b"\x0bgrpc-status"
    at = heard.find(name)
    if at < 0 or len(heard) <= at + len(name):
        return None
    begin = at + len(name) + 1
    value = heard[begin:begin + heard[begin - 1]]
    return value.decode() if len(value) == heard[begin - 1] else None


def call(address, method, more):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols(["h2"])
    with socket.create_connection((address, PORT), LIMIT) as plain:
        with context.wrap_socket(plain) as channel:
            channel.sendall(request(method, more))
            heard = b""
            while status_in(heard) is None:
                more_bytes = channel.recv(4096)
                if not more_bytes:
                    return None
                heard += more_bytes
            return status_in(heard)


if __name__ == "__main__":
    try:
        answer = call(sys.argv[1], sys.argv[2], [tuple(a.split("=", 1)) for a in sys.argv[3:]])
    except OSError as error:
        sys.exit(f"{sys.argv[1]}: {error}")
    if answer is None:
        sys.exit(1)
    print(answer)
