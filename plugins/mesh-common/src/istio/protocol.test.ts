import { clusterOf } from '../__testUtils__/cluster';
import { service, serviceOf } from './__testUtils__/istio';
import {
  isHttpOrDetected,
  Protocol,
  protocolAnswer,
  protocolOf,
} from './protocol';

describe('protocolOf', () => {
  it.each<
    [
      string,
      { port?: number; name?: string; appProtocol?: string; protocol?: string },
      Protocol,
    ]
  >([
    ['nothing', {}, 'detected'],
    ['a name', { name: 'http' }, 'http'],
    ['the beginning of a name', { name: 'HTTP2-admin' }, 'http2'],
    ['a longer word', { name: 'httpx' }, 'detected'],
    ['grpc-web', { name: 'grpc-web-x' }, 'grpc-web'],
    ['grpc-webby', { name: 'grpc-webby' }, 'grpc-web'],
    ['grpc', { name: 'grpc-api' }, 'grpc'],
    [
      'appProtocol before the name',
      { name: 'tcp', appProtocol: 'http' },
      'http',
    ],
    [
      'an unknown appProtocol',
      { name: 'http', appProtocol: 'example.com/x' },
      'detected',
    ],
    ['h2c', { appProtocol: 'kubernetes.io/h2c' }, 'http2'],
    ['wss', { appProtocol: 'kubernetes.io/wss' }, 'https'],
    ['UDP, whatever its name', { name: 'http', protocol: 'UDP' }, 'udp'],
    ['a port of a server that speaks first', { port: 3306 }, 'tcp'],
    ['such a port with a name', { port: 3306, name: 'mysql' }, 'mysql'],
    ['constructor', { appProtocol: 'constructor' }, 'detected'],
  ])('of %s', (_, port, expected) => {
    expect(protocolOf({ port: 80, protocol: 'TCP', ...port })).toBe(expected);
  });

  it('names the field that decides', () => {
    const snapshot = clusterOf(
      service('reviews', {
        ports:
          '{ name: http-a, port: 80 }, { port: 81 }, { port: 25 }, { name: x, appProtocol: grpc, port: 82 }, { name: d, port: 53, protocol: UDP }',
      }),
    );
    const reviews = serviceOf(snapshot, 'reviews');
    expect(
      reviews.spec.ports.map(port => {
        const { value, reasons } = protocolAnswer(snapshot, reviews, port);
        return `${value} ${reasons[0].field}`;
      }),
    ).toEqual([
      'http spec.ports[0].name',
      'detected spec.ports[1].name',
      'tcp spec.ports[2].port',
      'grpc spec.ports[3].appProtocol',
      'udp spec.ports[4].protocol',
    ]);
  });

  it('has HTTP rules for what is or may be HTTP', () => {
    expect(
      (['http', 'grpc', 'detected', 'tcp', 'https', 'udp'] as const).map(
        isHttpOrDetected,
      ),
    ).toEqual([true, true, true, false, false, false]);
  });
});
