import { negotiate } from './negotiation';

const tables = ({ as, version }: { as?: string; version: string }) =>
  as === 'Table' && version === 'v1';

it.each([
  [undefined, 'json', undefined],
  ['*/*', 'json', undefined],
  ['application/json', 'json', undefined],
  ['application/yaml', 'yaml', undefined],
  ['application/vnd.kubernetes.protobuf,application/json', 'json', undefined],
  ['application/json;q=0.5, application/yaml', 'yaml', undefined],
  [
    'application/json;as=Table;v=v1;g=meta.k8s.io,application/json',
    'json',
    'Table',
  ],
  [
    'application/json;as=Table;v=v2;g=meta.k8s.io,application/json',
    'json',
    undefined,
  ],
])('%s', (accept, format, as) => {
  expect(negotiate(accept, tables)).toMatchObject({
    format,
    ...(as && { as }),
  });
});

it.each([
  'text/html',
  'application/json;as=Table;v=v2',
  'application/vnd.kubernetes.protobuf',
])('has nothing for %s', accept => {
  expect(() => negotiate(accept, tables)).toThrow(
    'only the following media types are accepted: application/json, application/yaml',
  );
});
