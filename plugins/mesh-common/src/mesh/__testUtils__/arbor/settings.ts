import { Reason } from '../../../contract/common';
import { ConfigMap } from '../../../kubernetes/core';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { because } from '../../answers';

/** The settings of a namespace. */
export function settingsOf(
  snapshot: MeshSnapshot,
  namespace: string,
): ConfigMap | undefined {
  return snapshot.get('ConfigMap', namespace, 'arbor');
}

/** A reason that names the setting, where there are any. */
export function settingReason(
  snapshot: MeshSnapshot,
  settings: ConfigMap | undefined,
  name: string,
  text: string,
): Reason {
  return because(
    `arbor/${name}`,
    text,
    settings && {
      snapshot,
      kind: 'ConfigMap',
      object: settings,
      field: `data.${name}`,
    },
  );
}

/** The identities that may call; undefined where everybody may. */
export function callersOf(
  settings: ConfigMap | undefined,
): string[] | undefined {
  return settings?.data?.callers?.split(',');
}
