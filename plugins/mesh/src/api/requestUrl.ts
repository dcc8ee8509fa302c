import {
  RouteName,
  ROUTES,
  WRITE_ROUTES,
  WriteRouteName,
  WriteRouteParams,
} from 'backstage-plugin-mesh-common';
import { MeshRequest } from './MeshApi';

/** The URL of a request, with the plugin protocol that the fetch API of both frontend systems resolves. */
export function requestUrl<R extends RouteName>(
  route: R,
  { params, query }: MeshRequest<R>,
): string {
  const path = pathOf(route, ROUTES[route].path, params);
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries<unknown>(query)) {
    if (value !== undefined) {
      search.set(name, String(value));
    }
  }
  search.sort();
  const suffix = search.toString();
  return `plugin://mesh${path}${suffix && `?${suffix}`}`;
}

/** The URL by which something is written. */
export function writeUrl<R extends WriteRouteName>(
  route: R,
  params: WriteRouteParams<R>,
): string {
  return `plugin://mesh${pathOf(route, WRITE_ROUTES[route].path, params)}`;
}

function pathOf(route: string, path: string, params: object): string {
  const values = new Map<string, unknown>(Object.entries(params));
  return path.replace(/:([a-z]+)/gi, (_, name: string) => {
    const value = values.get(name);
    if (typeof value !== 'string' || value === '') {
      throw new TypeError(`${route} needs the parameter ${name}`);
    }
    return encodeURIComponent(value);
  });
}
