"""Sends the requests that it reads as JSON lines, and writes for each what came back as a JSON line, in their order.

A request with `until` is sent again until its answer has that body, which says that a proxy has a configuration.
"""
import concurrent.futures
import http.client
import json
import socket
import ssl
import sys
import time


def connection(request):
    address, port = request['address'], request['port']
    plain = socket.create_connection((address, port), timeout=request['timeout'])
    if not request.get('tls'):
        return plain
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(plain, server_hostname=request.get('sni'))


def once(request):
    try:
        talk = http.client.HTTPConnection('unused', timeout=request['timeout'])
        talk.sock = connection(request)
        try:
            talk.putrequest(request['method'], request['path'], skip_host=True, skip_accept_encoding=True)
            for name, value in request['headers']:
                talk.putheader(name, value)
            talk.endheaders()
            answer = talk.getresponse()
            body = answer.read().decode('utf-8', 'replace')
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return {'status': answer.status, 'headers': headers, 'body': body}
        finally:
            talk.close()
    except socket.gaierror as error:
        return {'status': None, 'error': 'name: %s' % error}
    except TimeoutError as error:
        return {'status': None, 'error': 'timeout: %s' % error}
    except (OSError, http.client.HTTPException) as error:
        return {'status': None, 'error': '%s: %s' % (type(error).__name__, error)}


def send(request):
    begun = time.monotonic()
    return {**settled(request), "seconds": time.monotonic() - begun}


def settled(request):
    wanted = request.get('until')
    deadline = time.monotonic() + request.get('patience', 0)
    while True:
        answer = once(request)
        if wanted is None or answer.get('body') == wanted or time.monotonic() > deadline:
            return answer
        time.sleep(0.1)


with concurrent.futures.ThreadPoolExecutor(4) as pool:
    for answer in pool.map(send, [json.loads(line) for line in sys.stdin if line.strip()]):
        print(json.dumps(answer), flush=True)
