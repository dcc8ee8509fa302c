import {
  DestinationPolicy,
  RouteCondition,
  RouteRule,
  ServiceRoutes,
} from 'backstage-plugin-mesh-common';
import { plainRouting, reviewsRouting, rule } from '../../__fixtures__/routing';
import { plain, testTranslate } from '../../__testUtils__/testTranslate';
import { createFormat } from '../../hooks/useFormat';
import { effectTexts, hostText, redirectText, retriesText } from './actionText';
import { conditionText } from './conditionText';
import { endpointsTone, limitText, outlierText } from './destinationText';
import { routingSentence } from './sentence';

const t = testTranslate();
const format = createFormat('en');

describe('conditionText', () => {
  it.each<[string, RouteCondition]>([
    ['path is /a', { subject: 'path', operator: 'exact', value: '/a' }],
    [
      'path starts with /a (upper or lower case)',
      { subject: 'path', operator: 'prefix', value: '/a', ignoreCase: true },
    ],
    [
      'header end-user matches ^j',
      {
        subject: 'header',
        name: 'end-user',
        operator: 'regex',
        value: '^j',
      },
    ],
    [
      'header x is there',
      { subject: 'header', name: 'x', operator: 'present', ignoreCase: true },
    ],
    [
      'no header x',
      { subject: 'without-header', name: 'x', operator: 'present' },
    ],
    [
      'no header x that is 1',
      {
        subject: 'without-header',
        name: 'x',
        operator: 'exact',
        value: '1',
      },
    ],
    [
      'query parameter q is 1',
      { subject: 'query', name: 'q', operator: 'exact', value: '1' },
    ],
    [
      'namespace of the client is shop',
      { subject: 'source-namespace', operator: 'exact', value: 'shop' },
    ],
    [
      'gRPC method is Vote',
      { subject: 'grpc-method', operator: 'exact', value: 'Vote' },
    ],
  ])('%s', (text, condition) => {
    expect(conditionText(t, condition)).toBe(text);
  });
});

describe('effectTexts', () => {
  it.each<[string, Partial<RouteRule>]>([
    [
      'Fault: 10 % of requests wait 500 ms',
      { fault: { delay: { ms: 500, percent: 10 } } },
    ],
    [
      'Fault: 0.5 % of requests get 503',
      { fault: { abort: { httpStatus: 503, percent: 0.5 } } },
    ],
    [
      'Fault: 100 % of requests get gRPC status UNAVAILABLE',
      { fault: { abort: { grpcStatus: 'UNAVAILABLE', percent: 100 } } },
    ],
    ['Path becomes /b', { rewrite: { path: '/b' } }],
    ['Matched prefix becomes /b', { rewrite: { pathPrefix: '/b' } }],
    [
      'In the path, ^/a becomes /b',
      { rewrite: { pathRegex: { match: '^/a', replace: '/b' } } },
    ],
    ['Authority becomes b.example', { rewrite: { authority: 'b.example' } }],
    [
      'Mirrors 5 % to b, subset v3',
      { mirrors: [{ host: 'b', subset: 'v3', percent: 5 }] },
    ],
    ['Headers: request set x: 1', { headers: ['request set x: 1'] }],
  ])('%s', (text, change) => {
    expect(effectTexts(t, format, rule(change)).map(plain)).toEqual([text]);
  });

  it('is empty for a rule that only forwards', () => {
    expect(effectTexts(t, format, rule({}))).toEqual([]);
  });
});

describe('retriesText', () => {
  it.each([
    ['No retries', { attempts: 0, on: ['5xx'] }],
    ['1 retry', { attempts: 1, on: [] }],
    [
      '3 retries of 2 s each on 5xx, reset',
      { attempts: 3, perTryTimeoutMs: 2000, on: ['5xx', 'reset'] },
    ],
    [
      '1 retry on 5xx at most 20 % more load (or 10 a second)',
      { attempts: 1, on: ['5xx'], budget: { percent: 20, minPerSecond: 10 } },
    ],
  ])('%s', (text, retries) => {
    expect(plain(retriesText(t, format, { ...retries, reasons: [] }))).toBe(
      text,
    );
  });
});

describe('redirectText', () => {
  it.each([
    ['Redirect 308 to /reviews', { code: 308, path: '/reviews' }],
    [
      'Redirect 301 to https://b.example:8443/x',
      {
        code: 301,
        scheme: 'https',
        authority: 'b.example',
        port: 8443,
        path: '/x',
      },
    ],
    ['Redirect 302 to the same place', { code: 302 }],
  ])('%s', (text, redirect) => {
    expect(redirectText(t, redirect)).toBe(text);
  });
});

it('names destinations by host, port and subset', () => {
  expect(hostText(t, { host: 'a', port: 80, subset: 'v1' })).toBe(
    'a:80, subset v1',
  );
  expect(hostText(t, { host: 'a' })).toBe('a');
});

describe('destinations', () => {
  it.each([
    [0, 3, 'bad'],
    [2, 3, 'notice'],
    [3, 3, 'good'],
    [0, 0, 'bad'],
  ])('%p of %p ready endpoints are %s', (ready, total, tone) => {
    expect(endpointsTone({ ready, total })).toBe(tone);
  });

  it.each([
    ['maxConnections 100', 'maxConnections', 100, 'count'],
    ['connectTimeout 10 s', 'connectTimeout', 10_000, 'ms'],
    ['minHealthPercent 50 %', 'minHealthPercent', 50, 'percent'],
  ] as const)('%s', (text, name, value, unit) => {
    expect(plain(limitText(format, { name, value, unit }))).toBe(text);
  });

  it('says when endpoints are ejected', () => {
    expect(outlierText(t, format, undefined)).toBe('never');
    expect(
      plain(
        outlierText(t, format, {
          ejectsAfter: '5 gateway errors in a row',
          baseEjectionMs: 30_000,
          intervalMs: 10_000,
          maxEjectionPercent: 50,
        }),
      ),
    ).toBe(
      'after 5 gateway errors in a row, for 30 s, checked every 10 s, at most 50 % of them',
    );
  });
});

describe('routingSentence', () => {
  const [istio, linkerd] = reviewsRouting.services;
  const [mixed, outside] = plainRouting.services;
  const only = (index: number): ServiceRoutes => ({
    ...mixed,
    ports: [mixed.ports[index]],
  });

  const withEndpoints = (
    ...endpoints: DestinationPolicy['endpoints'][]
  ): ServiceRoutes => ({
    ...mixed,
    ports: [
      {
        ...mixed.ports[0],
        destinations: endpoints.map(each => ({
          host: mixed.host,
          ...(each && { endpoints: each }),
          limits: [],
          reasons: [],
        })),
      },
    ],
  });
  const PLAIN =
    'Requests to reviews.shop go straight to its endpoints: no rule applies';

  it.each<[string, string, string, ServiceRoutes]>([
    [
      'broken',
      'bad',
      `${PLAIN}; nobody answers, as no destination has an endpoint that is ready`,
      withEndpoints({ ready: 0, total: 3 }, { ready: 0, total: 0 }),
    ],
    [
      'plain',
      'neutral',
      PLAIN,
      withEndpoints({ ready: 0, total: 3 }, { ready: 1, total: 1 }),
    ],
    [
      'plain',
      'neutral',
      PLAIN,
      withEndpoints({ ready: 0, total: 3 }, undefined),
    ],
    [
      'broken',
      'bad',
      'Requests to reviews.shop follow 3 rules; 1 rule sends requests to what does not exist and 1 of them never matches',
      istio,
    ],
    ['rules', 'info', 'Requests to reviews.reviews follow 1 rule', linkerd],
    [
      'plain',
      'neutral',
      'Requests to reviews.shop go straight to its endpoints: no rule applies',
      only(0),
    ],
    [
      'unknown',
      'neutral',
      'Where requests to reviews.shop go could not be read',
      only(1),
    ],
    [
      'doubtful',
      'notice',
      'Requests to reviews.shop go straight to its endpoints: no rule applies; where those to port 9090 go could not be read',
      mixed,
    ],
    ['plain', 'neutral', 'No mesh routes requests to importer.legacy', outside],
    ['plain', 'neutral', 'reviews.shop has no port', { ...mixed, ports: [] }],
  ])('%s (%s): %s', (state, tone, sentence, routes) => {
    expect(routingSentence(t, format, routes)).toEqual({
      state,
      tone,
      sentence,
    });
  });
});
