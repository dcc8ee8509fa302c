import { Pod } from '../../kubernetes/core';
import { KindId } from '../../kubernetes/kinds';
import { KubernetesObject } from '../../kubernetes/objects';
import {
  AnyCheck,
  CheckDescription,
  CheckFinding,
  defineCheck,
} from '../check';
import { KNOWN_ANNOTATIONS, KnownAnnotation } from './catalogue';

/** An annotation of Istio's as it is written on an object, or on the pods of its template. */
export interface Annotation {
  object: KubernetesObject;
  /** The kind that it is written on: Pod for the template of a Deployment. */
  kind: string;
  labels: Readonly<Record<string, string>>;
  name: string;
  value: string;
  known: KnownAnnotation | undefined;
  field: string;
  /** Present where it is written on a pod itself. */
  pod?: Pod;
}

/** Istio itself writes these. */
const WRITTEN_BY_ISTIO: ReadonlySet<string> = new Set([
  'sidecar.istio.io/status',
  'gateway.istio.io/controller-version',
  'istio.io/rev',
]);

/** The annotations of Istio that people wrote on an object itself. */
export function annotationsOf(
  object: KubernetesObject,
  {
    kind = object.kind,
    metadata = object.metadata,
    path = 'metadata',
  }: {
    kind?: string;
    metadata?: Pick<KubernetesObject['metadata'], 'labels' | 'annotations'>;
    path?: string;
  } = {},
): Annotation[] {
  const { annotations, labels } = metadata;
  return Object.keys(annotations)
    .filter(name => isOfIstio(name) && !WRITTEN_BY_ISTIO.has(name))
    .map(name => ({
      object,
      kind,
      labels,
      name,
      value: annotations[name],
      known: KNOWN_ANNOTATIONS.get(name),
      field: `${path}.annotations.${name}`,
    }));
}

/** Those of the catalogue, and one of Kubernetes that Istio reads. */
function isOfIstio(name: string): boolean {
  return (
    name === 'kubernetes.io/ingress.class' ||
    // Few are, and most of those that are not are told apart by this alone.
    (name.includes('istio.io') && name.split('/')[0].endsWith('istio.io'))
  );
}

type Run = (annotation: Annotation) => Iterable<CheckFinding>;

/** A check of the annotations of Namespaces, Services, Pods and Deployments, and of the pods that these make. */
export function annotationChecks(
  description: CheckDescription,
  run: Run,
): AnyCheck[] {
  const needs: readonly KindId[] = [];
  const own = (object: KubernetesObject) =>
    annotationsOf(object).flatMap(one => [...run(one)]);
  return [
    defineCheck({ ...description, needs, subject: 'Namespace', run: own }),
    defineCheck({ ...description, needs, subject: 'Service', run: own }),
    defineCheck({
      ...description,
      needs,
      subject: 'Pod',
      run: pod => annotationsOf(pod).flatMap(one => [...run({ ...one, pod })]),
    }),
    defineCheck({
      ...description,
      needs,
      subject: 'apps/Deployment',
      run: deployment => [
        ...own(deployment),
        ...annotationsOf(deployment, {
          kind: 'Pod',
          metadata: deployment.spec.template.metadata,
          path: 'spec.template.metadata',
        }).flatMap(one => [...run(one)]),
      ],
    }),
  ];
}

/** Whether an annotation may be on objects of the kind that it is written on. */
export function isPlaced({ known, kind }: Annotation): boolean {
  return (
    known === undefined ||
    known.resources.includes('Any') ||
    known.resources.includes(kind)
  );
}
