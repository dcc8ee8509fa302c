import { Answer } from '../../contract/common';
import { ControlPlane } from '../../contract/controlPlane';
import {
  MutatingWebhookConfiguration,
  WorkloadController,
} from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import {
  About,
  judged,
  notKnown,
  unreadKind,
} from '../../mesh/control-plane/facts';
import { defineIndex } from '../../snapshot/defineIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { compare } from '../age';
import { istiods } from '../controlPlane';
import { revisionsOfProxies } from '../proxiesOfRevision';
import {
  InjectionWebhook,
  injectionWebhooks,
  REVISION_LABEL,
} from '../revisions';
import { ServiceTag, serviceTags, TAG_LABEL } from './serviceTags';

const MUTATING = 'admissionregistration.k8s.io/MutatingWebhookConfiguration';
const VALIDATING =
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration';

/** What the objects of a cluster have of one revision. */
export interface Revision {
  name: string;
  /** Absent: istiod does not run here. */
  deployment?: WorkloadController;
  injectors: MutatingWebhookConfiguration[];
  /** By which sidecars are injected. */
  tags: { name: string; configuration: MutatingWebhookConfiguration }[];
  /** Those of which only a Service speaks. */
  serviceTags: ServiceTag[];
  validators: MutatingWebhookConfiguration[];
}

const validatorIndex = defineIndex([VALIDATING], ({ objects }) =>
  objects(VALIDATING).filter(
    ({ metadata: { labels } }) =>
      labels.app === 'istiod' || labels.istio === 'istiod',
  ),
);

/**
 * The revisions of a cluster: those whose istiod runs here (one for each Deployment), those that a webhook has sidecars
 * injected by, those that made proxies which still run, and those that a tag points to.
 *
 * Upstream: istioctl/pkg/revision, istioctl/pkg/tag; manifests/charts/istio-control/istio-discovery/templates.
 */
export function revisionsOf(snapshot: MeshSnapshot): Revision[] {
  const deployments = istiods(snapshot);
  const webhooks = injectionWebhooks(snapshot);
  const byService = serviceTags(snapshot);
  const here = deployments
    .map(deployment => ({ name: revisionName(deployment), deployment }))
    .sort((a, b) => compare(a.name, b.name));
  const known = new Set(here.map(({ name }) => name));
  const others = [
    ...webhooks.map(({ revision }) => revision),
    ...revisionsOfProxies(snapshot),
    ...byService.map(({ revision }) => revision),
  ].filter(name => !known.has(name));
  return [
    ...here,
    ...[...new Set(others)].sort(compare).map(name => ({ name })),
  ].map(one => {
    const own = webhooksOf(snapshot, webhooks, one.name);
    return {
      ...one,
      ...own,
      serviceTags: byService.filter(
        ({ name, revision }) =>
          revision === one.name && !own.tags.some(tag => tag.name === name),
      ),
    };
  });
}

/** `default` for one that is not named. */
export function revisionName({ metadata }: WorkloadController): string {
  return metadata.labels[REVISION_LABEL] || 'default';
}

function webhooksOf(
  snapshot: MeshSnapshot,
  webhooks: readonly InjectionWebhook[],
  name: string,
): Pick<Revision, 'injectors' | 'tags' | 'validators'> {
  const own = webhooks
    .filter(({ revision }) => revision === name)
    .map(({ configuration }) => configuration)
    .sort((a, b) => compare(a.metadata.name, b.metadata.name));
  return {
    injectors: own.filter(({ metadata }) => !metadata.labels[TAG_LABEL]),
    tags: own.flatMap(configuration => {
      const tag = configuration.metadata.labels[TAG_LABEL];
      return tag ? { name: tag, configuration } : [];
    }),
    validators: validatorIndex(snapshot)
      .filter(
        ({ metadata }) =>
          (metadata.labels[REVISION_LABEL] || 'default') === name,
      )
      .sort((a, b) => compare(a.metadata.name, b.metadata.name)),
  };
}

/**
 * Where a revision runs. A webhook without istiod here asks one that runs elsewhere where it has a URL, or a Service
 * that selects no pods (its endpoints are written by hand): a managed control plane, or that of another cluster. With
 * any other Service, and where only proxies speak of it, it is gone.
 */
export function whereItRuns(
  about: About,
  { name, deployment, injectors, tags, serviceTags: ofServices }: Revision,
): NonNullable<ControlPlane['runs']> {
  if (deployment) {
    return judged(
      about,
      'runs',
      'here',
      `Deployment ${namespaceOf(deployment)}/${
        deployment.metadata.name
      } runs it`,
      { kind: 'apps/Deployment', object: deployment },
    );
  }
  const unread = unreadKind(about, 'runs', 'apps/Deployment');
  if (unread) {
    return unread;
  }
  const configuration = injectors[0] ?? tags[0]?.configuration;
  if (configuration) {
    return askedElsewhere(about, configuration);
  }
  const [tag] = ofServices;
  return tag
    ? judged(
        about,
        'runs',
        'gone',
        `Service ${namespaceOf(tag.service)}/${
          tag.service.metadata.name
        } has the tag ${
          tag.name
        } point to revision ${name}, of which no istiod is here: install it, or delete the Service`,
        {
          kind: 'Service',
          object: tag.service,
          field: `metadata.labels ${REVISION_LABEL}`,
        },
      )
    : judged(
        about,
        'runs',
        'gone',
        `Proxies were injected by revision ${name}, and neither its istiod nor a webhook of it is here any more: restart their workloads`,
      );
}

function askedElsewhere(
  about: About,
  configuration: MutatingWebhookConfiguration,
): Answer<'elsewhere' | 'gone' | 'unknown'> {
  const { snapshot } = about;
  const { name } = configuration.metadata;
  const index = configuration.webhooks.findIndex(
    ({ clientConfig }) => clientConfig?.url ?? clientConfig?.service,
  );
  const { service: ref, url } =
    configuration.webhooks[index]?.clientConfig ?? {};
  const decider = {
    kind: MUTATING,
    object: configuration,
    field: `webhooks[${Math.max(index, 0)}].clientConfig`,
  } as const;
  if (url) {
    return judged(
      about,
      'runs',
      'elsewhere',
      `${name} asks a URL, and no istiod of this revision is here: it is managed, or runs outside the cluster`,
      decider,
    );
  }
  const unread = unreadKind(about, 'runs', 'Service');
  if (unread) {
    return unread;
  }
  if (!ref) {
    return notKnown(
      about,
      'runs',
      'not-modelled',
      `${name} names nobody to ask`,
      decider,
    );
  }
  const service = snapshot.get('Service', ref.namespace, ref.name);
  const selects = Object.keys(service?.spec.selector ?? {}).length > 0;
  return service && !selects
    ? judged(
        about,
        'runs',
        'elsewhere',
        `${name} asks Service ${ref.namespace}/${ref.name}, which selects no pods: it runs outside the cluster`,
        decider,
      )
    : judged(
        about,
        'runs',
        'gone',
        `${name} asks Service ${ref.namespace}/${ref.name}, and no istiod of this revision is here: install it, or delete the configuration`,
        decider,
      );
}
