import { requestInfo } from './requestInfo';

function info(method: string, url: string) {
  const { pathname, searchParams } = new URL(url, 'https://localhost');
  const { verb, resource } = requestInfo(method, pathname, searchParams);
  return { verb, ...resource };
}

const PODS = { group: '', version: 'v1', plural: 'pods' };

it.each([
  ['GET', '/api/v1/pods', { verb: 'list', ...PODS }],
  ['GET', '/api/v1/pods?watch=true', { verb: 'watch', ...PODS }],
  ['GET', '/api/v1/pods?watch=1', { verb: 'watch', ...PODS }],
  ['GET', '/api/v1/pods?watch=false', { verb: 'list', ...PODS }],
  [
    'GET',
    '/api/v1/namespaces/shop/pods',
    { verb: 'list', ...PODS, namespace: 'shop' },
  ],
  [
    'GET',
    '/api/v1/namespaces/shop/pods?fieldSelector=metadata.name%3Dp',
    { verb: 'list', ...PODS, namespace: 'shop', name: 'p' },
  ],
  [
    'GET',
    '/api/v1/namespaces/shop/pods/p',
    { verb: 'get', ...PODS, namespace: 'shop', name: 'p' },
  ],
  [
    'PUT',
    '/api/v1/namespaces/shop/pods/p/status',
    {
      verb: 'update',
      ...PODS,
      namespace: 'shop',
      name: 'p',
      subresource: 'status',
    },
  ],
  [
    'GET',
    '/api/v1/namespaces/shop/pods/p/proxy/a/b',
    {
      verb: 'get',
      ...PODS,
      namespace: 'shop',
      name: 'p',
      subresource: 'proxy/a/b',
    },
  ],
  [
    'DELETE',
    '/api/v1/namespaces/shop/pods',
    { verb: 'deletecollection', ...PODS, namespace: 'shop' },
  ],
  [
    'POST',
    '/api/v1/namespaces/shop/pods',
    { verb: 'create', ...PODS, namespace: 'shop' },
  ],
  [
    'GET',
    '/api/v1/namespaces',
    { verb: 'list', ...PODS, plural: 'namespaces' },
  ],
  [
    'GET',
    '/api/v1/namespaces/shop',
    {
      verb: 'get',
      ...PODS,
      plural: 'namespaces',
      namespace: 'shop',
      name: 'shop',
    },
  ],
  [
    'PATCH',
    '/api/v1/namespaces/shop/status',
    {
      verb: 'patch',
      ...PODS,
      plural: 'namespaces',
      namespace: 'shop',
      name: 'shop',
      subresource: 'status',
    },
  ],
  [
    'PATCH',
    '/apis/apps/v1/namespaces/shop/deployments/d',
    {
      verb: 'patch',
      group: 'apps',
      version: 'v1',
      plural: 'deployments',
      namespace: 'shop',
      name: 'd',
    },
  ],
  ['GET', '/apis/apps/v1', { verb: 'get' }],
  ['GET', '/apis', { verb: 'get' }],
  ['GET', '/version', { verb: 'get' }],
  [
    'GET',
    '/api/v1/namespaces/shop/configmaps/a%2Fb',
    {
      verb: 'get',
      group: '',
      version: 'v1',
      plural: 'configmaps',
      namespace: 'shop',
      name: 'a/b',
    },
  ],
])('%s %s', (method, url, expected) => {
  expect(info(method, url)).toEqual(expected);
});
