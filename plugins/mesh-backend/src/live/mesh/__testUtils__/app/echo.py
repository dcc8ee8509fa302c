"""The application of the mesh test: answers which pod was asked, and what it saw of the request.

Headers of the request say how it behaves: x-app-status is the status it answers with, x-app-delay are the seconds
that it takes, and x-app-failures is how often it answers 503 to the same x-app-id before it answers 200. Each request
is a line of JSON in its log.
"""
import collections
import http.server
import json
import os
import ssl
import subprocess
import tempfile
import threading
import time

POD = os.environ['POD_NAME']
PORTS = [8080, 9090, 9000, 7070]
TLS_PORT = 8443
seen = collections.Counter()


class Echo(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def answer(self):
        headers = {}
        for name, value in self.headers.items():
            name = name.lower()
            headers[name] = headers[name] + ',' + value if name in headers else value
        self.rfile.read(int(headers.get('content-length', 0)))
        request_id = headers.get('x-app-id', '')
        status = int(headers.get('x-app-status', 200))
        if 'x-app-failures' in headers:
            seen[request_id] += 1
            status = 503 if seen[request_id] <= int(headers['x-app-failures']) else 200
        saw = {
            'pod': POD,
            'port': self.server.server_port,
            'method': self.command,
            'path': self.path,
            'authority': headers.get('host', ''),
            'headers': headers,
        }
        print(json.dumps({'id': request_id, 'path': self.path, 'authority': saw['authority']}), flush=True)
        time.sleep(float(headers.get('x-app-delay', 0)))
        body = json.dumps({'echo': saw}).encode()
        try:
            self.send_response(status)
            self.send_header('content-type', 'application/json')
            self.send_header('content-length', str(len(body)))
            self.end_headers()
            if self.command != 'HEAD':
                self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the caller did not wait

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = do_OPTIONS = answer

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128


def tls_server():
    folder = tempfile.mkdtemp()
    key, certificate = folder + '/key.pem', folder + '/certificate.pem'
    subprocess.run(
        ['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1',
         '-subj', '/CN=echo', '-keyout', key, '-out', certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = Server(('', TLS_PORT), Echo)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    return server


servers = [Server(('', port), Echo) for port in PORTS] + [tls_server()]
for server in servers[1:]:
    threading.Thread(target=server.serve_forever, daemon=True).start()
servers[0].serve_forever()
