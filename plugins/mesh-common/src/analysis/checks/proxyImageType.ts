import { parse } from 'yaml';
import { z } from 'zod';
import { MeshConfig } from '../../istio/meshConfig';
import { Pod } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { hasLabels } from '../../kubernetes/selectors';
import { defineIndex } from '../../snapshot/defineIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';

const annotationSchema = z.object({
  image: z.object({ imageType: z.string().optional() }).optional(),
});

const proxyConfigs = defineIndex(
  ['networking.istio.io/ProxyConfig'],
  ({ objects }) => objects('networking.istio.io/ProxyConfig'),
);

/**
 * The variant of the proxy's image that a pod asks for, such as `distroless`: of the mesh, a ProxyConfig of the root
 * namespace, of the pod's own, one that selects the pod, and the pod's annotation the last one that says.
 *
 * Upstream: pkg/config/analysis/analyzers/util/proxyconfig.go, `EffectiveProxyConfigResolver.ImageType`.
 */
export function proxyImageType(
  snapshot: MeshSnapshot,
  pod: Pod,
  { defaultConfig, rootNamespace }: MeshConfig,
): string {
  const own = proxyConfigs(snapshot, namespaceOf(pod));
  const said = [
    defaultConfig.image,
    ...proxyConfigs(snapshot, rootNamespace).map(({ spec }) => spec?.image),
    ...own.filter(({ spec }) => !spec?.selector).map(({ spec }) => spec?.image),
    ...own
      .filter(
        ({ spec }) =>
          spec?.selector &&
          hasLabels(pod.metadata.labels, spec.selector.matchLabels ?? {}),
      )
      .map(({ spec }) => spec?.image),
    annotated(pod),
  ];
  const last = said
    .map(image => image?.imageType)
    .filter(Boolean)
    .at(-1);
  return last === undefined || last === 'default' ? '' : last;
}

function annotated({ metadata }: Pod): { imageType?: string } | undefined {
  try {
    return annotationSchema.safeParse(
      parse(metadata.annotations['proxy.istio.io/config'] ?? '{}'),
    ).data?.image;
  } catch {
    // What is no YAML says nothing about the image; IST0125 reports it.
    return undefined;
  }
}
