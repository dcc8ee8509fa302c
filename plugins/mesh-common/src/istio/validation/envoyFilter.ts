import { Field } from '../../validation/Field';
import { Problems, refused, warned } from '../../validation/report';
import { labelledWorkloads } from './selectors';
import { Subject } from './subject';
import { regexComplaint } from './values';

const MANAGERS = [
  'envoy.filters.network.http_connection_manager',
  'envoy.http_connection_manager',
];
const MAX_VERSION = 1024;

/** What a match is about, by what a patch applies to. */
const CLASSES: Readonly<Record<string, readonly [string, string]>> = {
  LISTENER: [
    'listener',
    'listener class objects cannot have non listener match',
  ],
  FILTER_CHAIN: [
    'listener',
    'listener class objects cannot have non listener match',
  ],
  NETWORK_FILTER: [
    'listener',
    'listener class objects cannot have non listener match',
  ],
  HTTP_FILTER: [
    'listener',
    'listener class objects cannot have non listener match',
  ],
  ROUTE_CONFIGURATION: [
    'routeConfiguration',
    'http route class objects cannot have non route configuration match',
  ],
  VIRTUAL_HOST: [
    'routeConfiguration',
    'http route class objects cannot have non route configuration match',
  ],
  HTTP_ROUTE: [
    'routeConfiguration',
    'http route class objects cannot have non route configuration match',
  ],
  CLUSTER: ['cluster', 'cluster class objects cannot have non cluster match'],
};
const MATCHES = ['listener', 'routeConfiguration', 'cluster', 'waypoint'];

/**
 * What istiod refuses of an EnvoyFilter: patches that lack a part, or whose match is about something else. Whether the
 * patch is one that Envoy takes is not looked at, but for the type of the configuration of a filter (istio/istio pkg/config/validation/envoyfilter: ValidateEnvoyFilter).
 */
export function* envoyFilter({ spec }: Subject): Problems {
  yield* labelledWorkloads(spec.get('workloadSelector'), 'Envoy filter');
  for (const patch of spec.get('configPatches').items) {
    const context = patch.get('match').get('context').text;
    const isWaypoint = patch.get('match').get('waypoint').exists;
    if (
      (context === 'WAYPOINT') !== isWaypoint &&
      (isWaypoint || patch.get('match').exists)
    ) {
      yield refused(
        patch.get('match'),
        'only support waypointMatch when context is WAYPOINT',
      );
    }
    if (context !== 'WAYPOINT') {
      yield* patchProblems(patch);
    }
  }
}

function* patchProblems(patch: Field): Problems {
  const operation = patch.get('patch').get('operation').text || 'INVALID';
  if ((patch.get('applyTo').text || 'INVALID') === 'INVALID') {
    yield refused(patch.get('applyTo'), 'Envoy filter: missing applyTo');
  } else if (!patch.get('patch').exists) {
    yield refused(patch.get('patch'), 'Envoy filter: missing patch');
  } else if (operation === 'INVALID') {
    yield refused(
      patch.get('patch').get('operation'),
      'Envoy filter: missing patch operation',
    );
  } else if (
    operation !== 'REMOVE' &&
    !patch.get('patch').get('value').exists
  ) {
    yield refused(
      patch.get('patch').get('value'),
      'Envoy filter: missing patch value for non-remove operation',
    );
  } else {
    yield* matchProblems(patch.get('match'), patch.get('applyTo').text);
    yield* untypedConfig(patch.get('patch').get('value'), patch);
  }
}

/** What a patch of one of these has under `typed_config` is a message of any type, which it has to name. */
const TYPED = [
  'HTTP_FILTER',
  'NETWORK_FILTER',
  'LISTENER_FILTER',
  'EXTENSION_CONFIG',
];

function* untypedConfig(value: Field, patch: Field): Problems {
  if (!TYPED.includes(patch.get('applyTo').text)) {
    return;
  }
  for (const name of ['typed_config', 'typedConfig']) {
    const config = value.get(name);
    if (config.isFilled && !config.get('@type').exists) {
      yield refused(config, "Envoy filter: Any JSON doesn't have '@type'");
    }
  }
}

function* matchProblems(match: Field, applyTo: string): Problems {
  const version = match.get('proxy').get('proxyVersion');
  if (version.text.length > MAX_VERSION) {
    yield warned(
      version,
      `Envoy filter: proxyVersion match exceeds ${MAX_VERSION} characters and will be ignored`,
    );
  } else if (regexComplaint(version.text, 'proxyVersion')) {
    yield refused(version, 'Envoy filter: invalid regex for proxy version');
  }
  const [needed, message] = Object.hasOwn(CLASSES, applyTo)
    ? CLASSES[applyTo]
    : [undefined, ''];
  const given = MATCHES.filter(name => match.get(name).exists);
  if (needed && given.length > 0 && !given.includes(needed)) {
    yield refused(match, `Envoy filter: applyTo for ${message}`);
  } else if (needed === 'listener') {
    yield* filterProblems(
      match.get('listener').get('filterChain').get('filter'),
      applyTo,
    );
  }
}

function* filterProblems(filter: Field, applyTo: string): Problems {
  if (!filter.exists) {
    return;
  }
  const sub = filter.get('subFilter');
  if (applyTo === 'LISTENER' || applyTo === 'FILTER_CHAIN') {
    yield warned(
      filter,
      `Envoy filter: filter match has no effect when used with ${applyTo}`,
    );
  }
  if (filter.get('name').text === '') {
    yield refused(
      filter.get('name'),
      'Envoy filter: filter match has no name to match on',
    );
  } else if (sub.exists && applyTo !== 'HTTP_FILTER') {
    yield refused(
      sub,
      'Envoy filter: subfilter match can be used with applyTo HTTP_FILTER only',
    );
  } else if (sub.exists && !MANAGERS.includes(filter.get('name').text)) {
    yield refused(
      filter.get('name'),
      `Envoy filter: subfilter match requires filter match with ${MANAGERS[0]}`,
    );
  } else if (sub.exists && sub.get('name').text === '') {
    yield refused(
      sub.get('name'),
      'Envoy filter: subfilter match has no name to match on',
    );
  }
}
