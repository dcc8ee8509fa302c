import type { ObjectStore, ResourceType, StoredObject } from '../store/types';
import { matchesFields, parseFieldSelector } from './fieldSelector';
import { matchesLabels, parseLabelSelector } from './labelSelector';
import { isWatch } from './requestInfo';
import { badRequest, invalid, type StatusCause } from './status';

/** What a list or watch asks for. */
export interface ListOptions {
  matches: (object: StoredObject) => boolean;
  /** Whether there is a selector, so that not all objects match. */
  selective: boolean;
  limit: number;
  continueToken: string;
  resourceVersion?: number;
  exact: boolean;
  sendInitialEvents?: boolean;
  allowBookmarks: boolean;
  timeoutSeconds?: number;
}

export function listOptions(
  query: URLSearchParams,
  resource: ResourceType,
  version: string,
  store: ObjectStore,
  watchList: boolean,
): ListOptions {
  checkCombination(query, watchList);
  const labels = parseLabelSelector(query.get('labelSelector') ?? '');
  const fields = parseFieldSelector(
    query.get('fieldSelector') ?? '',
    resource,
    version,
    store,
  );
  const timeoutSeconds = integer(query, 'timeoutSeconds');
  const sendInitialEvents = flag(query, 'sendInitialEvents');
  const resourceVersion = versionOf(query);
  return {
    matches: object =>
      matchesLabels(labels, object.metadata.labels) &&
      matchesFields(fields, object),
    selective: labels.length > 0 || fields.length > 0,
    limit: Math.max(0, integer(query, 'limit') ?? 0),
    continueToken: query.get('continue') ?? '',
    ...(resourceVersion !== undefined && { resourceVersion }),
    exact: query.get('resourceVersionMatch') === 'Exact',
    ...(sendInitialEvents !== undefined && { sendInitialEvents }),
    allowBookmarks: flag(query, 'allowWatchBookmarks') ?? false,
    ...(timeoutSeconds && timeoutSeconds > 0 && { timeoutSeconds }),
  };
}

function integer(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (!text) {
    return undefined;
  }
  if (!/^[+-]?\d+$/.test(text)) {
    throw badRequest(
      `${name}: strconv.ParseInt: parsing ${JSON.stringify(
        text,
      )}: invalid syntax`,
    );
  }
  return Number(text);
}

/** A flag without a value, or with a value that is not false, is set. */
function flag(query: URLSearchParams, name: string): boolean | undefined {
  const text = query.get(name);
  return text === null
    ? undefined
    : text !== '0' && text.toLowerCase() !== 'false';
}

function versionOf(query: URLSearchParams): number | undefined {
  const text = query.get('resourceVersion');
  if (!text) {
    return undefined;
  }
  if (!/^\d+$/.test(text)) {
    throw badRequest(
      `invalid resource version: resourceVersion: Invalid value: ${JSON.stringify(
        text,
      )}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  return Number(text);
}

/** The parameters that exclude each other, as the API server has them. */
function checkCombination(query: URLSearchParams, watchList: boolean): void {
  const causes = isWatch(query)
    ? watchCauses(query, watchList)
    : listCauses(query);
  if (causes.length > 0) {
    throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', causes);
  }
}

const MATCHES = ['Exact', 'NotOlderThan'];

function listCauses(query: URLSearchParams): StatusCause[] {
  const causes: StatusCause[] = [];
  const match = query.get('resourceVersionMatch');
  if (match) {
    if (!query.get('resourceVersion')) {
      causes.push(
        excluded(
          'resourceVersionMatch',
          'resourceVersionMatch is forbidden unless resourceVersion is provided',
        ),
      );
    }
    if (query.get('continue')) {
      causes.push(
        excluded(
          'resourceVersionMatch',
          'resourceVersionMatch is forbidden when continue is provided',
        ),
      );
    }
    if (!MATCHES.includes(match)) {
      causes.push(unsupportedMatch(match, MATCHES));
    }
    if (match === 'Exact' && query.get('resourceVersion') === '0') {
      causes.push(
        excluded(
          'resourceVersionMatch',
          'resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
        ),
      );
    }
  }
  if (query.has('sendInitialEvents')) {
    causes.push(
      excluded('sendInitialEvents', 'sendInitialEvents is forbidden for list'),
    );
  }
  return causes;
}

function watchCauses(
  query: URLSearchParams,
  watchList: boolean,
): StatusCause[] {
  const causes: StatusCause[] = [];
  const match = query.get('resourceVersionMatch');
  const initial = query.has('sendInitialEvents');
  if (initial && match !== 'NotOlderThan') {
    causes.push(
      excluded(
        'resourceVersionMatch',
        'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      ),
    );
  }
  if (initial && !watchList) {
    causes.push(
      excluded(
        'sendInitialEvents',
        'sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled',
      ),
    );
  }
  if (match) {
    if (!initial) {
      causes.push(
        excluded(
          'resourceVersionMatch',
          'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
        ),
      );
    }
    if (match !== 'NotOlderThan') {
      causes.push(unsupportedMatch(match, ['NotOlderThan']));
    }
    if (query.get('continue')) {
      causes.push(
        excluded(
          'resourceVersionMatch',
          'resourceVersionMatch is forbidden when continue is provided',
        ),
      );
    }
  }
  return causes;
}

function excluded(field: string, message: string): StatusCause {
  return {
    reason: 'FieldValueForbidden',
    message: `Forbidden: ${message}`,
    field,
  };
}

function unsupportedMatch(value: string, supported: string[]): StatusCause {
  return {
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: ${JSON.stringify(
      value,
    )}: supported values: ${supported.map(s => JSON.stringify(s)).join(', ')}`,
    field: 'resourceVersionMatch',
  };
}
