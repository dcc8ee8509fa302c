import { WorkloadController } from '../../kubernetes/core';
import { About } from '../../mesh/control-plane/facts';
import { ControlPlaneConfig } from '../controlPlaneConfig';
import { isLinkerdContainer } from '../proxy';

/** Without these proxies cannot start, find each other, or prove who they are. */
export const PARTS = [
  'linkerd-destination',
  'linkerd-identity',
  'linkerd-proxy-injector',
] as const;

/** The Deployments of the control plane that are there. */
export function partsOf(
  { snapshot }: About,
  { namespace }: ControlPlaneConfig,
): WorkloadController[] {
  return PARTS.flatMap(
    name => snapshot.get('apps/Deployment', namespace, name) ?? [],
  );
}

/** The version of a part, by the image beside the proxy that each has; undefined where its tag does not tell it. */
export function versionOfPart({
  spec,
}: WorkloadController): string | undefined {
  return tagOf(
    spec.template.spec.containers.find(one => !isLinkerdContainer(one))?.image,
  );
}

/** The tag of an image; undefined for one by digest. */
export function tagOf(image: string | undefined): string | undefined {
  const name = image?.slice(image.lastIndexOf('/') + 1) ?? '';
  return name.includes('@') ? undefined : name.split(':')[1];
}
