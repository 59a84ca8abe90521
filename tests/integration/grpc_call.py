#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One call of gRPC over TLS without a certificate.

  grpc_call.py [--from ADDRESS] [--text TEXT] ADDRESS METHOD [NAME=VALUE ...]
Prints the number of the status; NAME=VALUE are headers of the call. The message is empty, or has TEXT
as its first field. Exit status: 0 when there was an answer, 1 when none came.
"""
import argparse
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


def message(text):
    """Shorter than 128 bytes."""
    return bytes([0x0a, len(text)]) + text.encode() if text else b""


def request(method, text, more):
    fields = [(":method", "POST"), (":scheme", "https"), (":path", method), (":authority", "mesh"),
              ("te", "trailers"), ("content-type", "application/grpc"), *more]
    return (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(SETTINGS, 0, 0, b"")
            + frame(HEADERS, END_HEADERS, 1, b"".join(header(*field) for field in fields))
            + frame(DATA, END_STREAM, 1,
                    b"\0" + struct.pack(">I", len(message(text))) + message(text)))


def status_in(heard):
    name = b"\x0bgrpc-status"
    at = heard.find(name)
    if at < 0 or len(heard) <= at + len(name):
        return None
    begin = at + len(name) + 1
    value = heard[begin:begin + heard[begin - 1]]
    return value.decode() if len(value) == heard[begin - 1] else None


def call(asked):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols(["h2"])
    source = (asked.source, 0) if asked.source else None
    with socket.create_connection((asked.address, PORT), LIMIT, source) as plain:
        with context.wrap_socket(plain) as channel:
            channel.sendall(request(asked.method, asked.text, asked.headers))
            heard = b""
            while status_in(heard) is None:
                more_bytes = channel.recv(4096)
                if not more_bytes:
                    return None
                heard += more_bytes
            return status_in(heard)


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--from", dest="source")
    parser.add_argument("--text", default="")
    parser.add_argument("address")
    parser.add_argument("method")
    parser.add_argument("headers", nargs="*", type=lambda text: tuple(text.split("=", 1)))
    return parser.parse_args()


if __name__ == "__main__":
    wanted = parse()
    try:
        answer = call(wanted)
    except OSError as error:
        sys.exit(f"{wanted.address}: {error}")
    if answer is None:
        sys.exit(1)
    print(answer)
