import { parse } from 'yaml';
import { Answer, Reason } from '../contract/common';
import { ConfigMap } from '../kubernetes/core';
import { goDurationMs } from '../kubernetes/goDuration';
import { because, unknown } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { compare } from './age';
import { SettingName, Settings, settingsSchema } from './meshSettings';

const RULE = 'istio/mesh-config';

/**
 * The settings of a mesh, and where they are written.
 *
 * @public
 */
export interface MeshConfig extends Omit<Settings, 'connectTimeout'> {
  connectTimeoutMs: number;
  /** Absent over files that have none: the settings are then Istio's defaults. */
  configMap?: ConfigMap;
}

const DEFAULTS: MeshConfig = {
  ...settingsSchema.omit({ connectTimeout: true }).parse({}),
  connectTimeoutMs: 10_000,
};

/**
 * The settings, or why they are not known.
 *
 * @public
 */
export type MeshConfigRead =
  | { state: 'read'; config: MeshConfig }
  | { state: 'unknown'; answer: Answer<'unknown'> };

/**
 * The settings of the mesh: the YAML under the key `mesh` of the ConfigMap `istio`, or `istio-REVISION` for
 * the control plane of a revision. Of several revisions the one asked for counts; without one they must
 * agree. A cluster without any has a control plane that does not show its settings (a managed one), so
 * nothing can be said of them; over files, Istio's defaults are assumed.
 *
 * Upstream: pkg/config/mesh/mesh.go, `DefaultMeshConfig`; pilot/pkg/bootstrap/mesh.go, `getMeshConfigMapName`.
 *
 * @public
 */
export function meshConfig(
  snapshot: MeshSnapshot,
  revision?: string,
): MeshConfigRead {
  const read = snapshot.read('ConfigMap');
  if (read.state !== 'read') {
    return unread(unknown(read.state, RULE, read.message));
  }
  const byRevision = configMapsByRevision(snapshot);
  const own = revision === undefined ? undefined : byRevision.get(revision);
  if (own) {
    return settingsOf(snapshot, own);
  }
  const malformed = snapshot
    .malformed('ConfigMap')
    .find(({ name }) => revisionOf(name) !== undefined);
  if (malformed) {
    return unread(
      unknown(
        'malformed',
        RULE,
        `ConfigMap ${malformed.namespace}/${malformed.name} cannot be read: ${malformed.field}: ${malformed.message}`,
      ),
    );
  }
  return commonSettings(snapshot, byRevision);
}

/** The settings of each revision whose ConfigMap can be read. */
export function everyMeshConfig(snapshot: MeshSnapshot): MeshConfig[] {
  return [...configMapsByRevision(snapshot).values()].flatMap(configMap => {
    const read = settingsOf(snapshot, configMap);
    return read.state === 'read' ? [read.config] : [];
  });
}

/** A reason that names a setting, or says that it is Istio's default. */
export function settingReason(
  snapshot: MeshSnapshot,
  { configMap }: MeshConfig,
  setting: SettingName,
  text: string,
): Reason {
  return because(
    RULE,
    text,
    configMap && {
      snapshot,
      kind: 'ConfigMap',
      object: configMap,
      field: `data.mesh ${setting}`,
    },
  );
}

function commonSettings(
  snapshot: MeshSnapshot,
  byRevision: ReadonlyMap<string, ConfigMap>,
): MeshConfigRead {
  const reads = [...byRevision.values()].map(configMap =>
    settingsOf(snapshot, configMap),
  );
  const [first] = reads;
  if (!first) {
    return snapshot.origin === 'files'
      ? { state: 'read', config: DEFAULTS }
      : unread(
          unknown(
            'absent',
            RULE,
            'No ConfigMap istio has the settings of the mesh: the control plane (a managed one?) does not show them on this cluster',
          ),
        );
  }
  const bad = reads.find(one => one.state === 'unknown');
  if (bad) {
    return bad;
  }
  return reads.length === 1 || new Set(reads.map(comparable)).size === 1
    ? first
    : unread(
        unknown(
          'not-modelled',
          RULE,
          `The revisions ${[...byRevision.keys()].join(
            ', ',
          )} have different settings, and it is not known which applies`,
        ),
      );
}

function comparable(read: MeshConfigRead): string {
  return read.state === 'read'
    ? JSON.stringify({ ...read.config, configMap: undefined })
    : '';
}

/** The revision whose settings a ConfigMap of this name has; undefined where it has none. */
function revisionOf(name: string): string | undefined {
  if (name === 'istio') {
    return 'default';
  }
  return /^istio-(?!sidecar-injector|ca-)(.+)$/.exec(name)?.[1];
}

/** Whether a ConfigMap has the settings of a mesh. */
export function isMeshSettings({ metadata, data }: ConfigMap): boolean {
  return revisionOf(metadata.name) !== undefined && data?.mesh !== undefined;
}

function configMapsByRevision(
  snapshot: MeshSnapshot,
): ReadonlyMap<string, ConfigMap> {
  const found = [...snapshot.list('ConfigMap')].flatMap(configMap => {
    const revision = revisionOf(configMap.metadata.name);
    return revision && configMap.data?.mesh !== undefined
      ? [[revision, configMap] as const]
      : [];
  });
  return new Map(
    found.sort(
      ([a, one], [b, other]) =>
        compare(a, b) ||
        compare(one.metadata.namespace ?? '', other.metadata.namespace ?? ''),
    ),
  );
}

const parsed = new WeakMap<ConfigMap, MeshConfig | { problem: string }>();

function settingsOf(
  snapshot: MeshSnapshot,
  configMap: ConfigMap,
): MeshConfigRead {
  const known = parsed.get(configMap) ?? parseSettings(configMap);
  parsed.set(configMap, known);
  if (!('problem' in known)) {
    return { state: 'read', config: known };
  }
  const { namespace, name } = configMap.metadata;
  return unread({
    value: 'unknown',
    cause: 'malformed',
    reasons: [
      because(
        RULE,
        `The settings in ConfigMap ${namespace}/${name} cannot be read: ${known.problem}`,
        { snapshot, kind: 'ConfigMap', object: configMap, field: 'data.mesh' },
      ),
    ],
  });
}

function parseSettings(configMap: ConfigMap): MeshConfig | { problem: string } {
  let raw: unknown;
  try {
    raw = parse(configMap.data?.mesh ?? '') ?? {};
  } catch (error) {
    return { problem: String(error).split('\n')[0] };
  }
  const result = settingsSchema.safeParse(raw);
  if (!result.success) {
    const [issue] = result.error.issues;
    return { problem: `${issue.path.join('.') || 'mesh'}: ${issue.message}` };
  }
  const config = configOf(result.data);
  return config
    ? { ...config, configMap }
    : {
        problem: `connectTimeout: ${result.data.connectTimeout} is no duration`,
      };
}

function configOf({
  connectTimeout,
  ...settings
}: Settings): MeshConfig | undefined {
  const connectTimeoutMs = goDurationMs(connectTimeout);
  return connectTimeoutMs === undefined
    ? undefined
    : { ...settings, connectTimeoutMs };
}

function unread(answer: Answer<'unknown'>): MeshConfigRead {
  return { state: 'unknown', answer };
}

/**
 * The name of the mesh that the control plane of a cluster is of, which those of all its clusters share. Without a name
 * nothing tells that another cluster is of the same mesh.
 *
 * Upstream: mesh/v1alpha1/proxy.proto, `ProxyConfig.mesh_id`; manifests/charts/istio-control/istio-discovery,
 * `global.meshID`.
 */
export function meshId(
  snapshot: MeshSnapshot,
): { name: string } | 'unknown' | undefined {
  const mesh = meshConfig(snapshot);
  if (mesh.state === 'unknown') {
    return 'unknown';
  }
  const { meshId: written, proxyMetadata } = mesh.config.defaultConfig;
  const name = written || proxyMetadata.ISTIO_META_MESH_ID;
  return name ? { name } : undefined;
}
