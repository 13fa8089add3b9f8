"""For every Python whose path begins here: another clock, and no network beyond this machine."""

import socket

import time_machine

LOOPBACK = ("127.0.0.1", "::1", "localhost")
_connect, _getaddrinfo = socket.socket.connect, socket.getaddrinfo


def connect(self, address):
    """To this machine alone."""
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
        raise PermissionError(f"the network is closed: {address}")
    return _connect(self, address)


def getaddrinfo(host, *args, **kwargs):
    """Of this machine alone."""
    if host not in (*LOOPBACK, None):
        raise PermissionError(f"the network is closed: {host}")
    return _getaddrinfo(host, *args, **kwargs)


socket.socket.connect, socket.getaddrinfo = connect, getaddrinfo
# Its calendar shows a leap day, which ends while the notebooks run.
time_machine.travel("2044-02-29T23:59:50+05:45").start()
