import { Reason } from '../../contract/common';
import { ControlPlaneCertificate } from '../../contract/controlPlane';
import { Pod } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { Sample } from '../../traffic/query';
import { because } from '../answers';
import { Subject, unknownCertificate } from './certificates';
import { About, notKnown } from './facts';

/** The labels by which scrapers tell processes apart: those of pods, and the address that is always there. */
export const EXPORTER_LABELS = ['namespace', 'pod', 'instance'] as const;

/** Ends as far apart as this are the same: what counts seconds down is some of them old when it is scraped. */
export const SAME_WITHIN_MS = 5_000;

const RULE = 'certificate-metric';

/** As many processes are named that say something else than the first. */
const MAX_NAMED = 3;

/** The end of the last year that a date in JavaScript can have. */
const MAX_SECONDS = 8.64e12;

/** Who exported a sample. */
export interface Exporter {
  name: string;
  /** Where it is one that the mirror has. */
  pod?: Pod;
}

/** What one process says in its metrics of a certificate. */
export interface Sighting {
  exporter: Exporter;
  metric: string;
  /** When the certificate ends, in seconds since the epoch. */
  end: number;
}

/**
 * Who exported a sample, as far as its labels tell. Scrapers that do not name pods name the address that they asked: it
 * is that of one of the pods that might have been.
 */
export function exporterOf(
  { labels: { namespace, pod: name, instance } }: Sample,
  candidates: readonly Pod[],
): Exporter {
  const pod = candidates.find(({ metadata, status }) =>
    name
      ? metadata.name === name && metadata.namespace === namespace
      : instance !== undefined && addressOf(instance) === status?.podIP,
  );
  if (pod) {
    return { name: `${namespaceOf(pod)}/${pod.metadata.name}`, pod };
  }
  if (name) {
    return { name: namespace ? `${namespace}/${name}` : name };
  }
  return { name: instance ? `the target ${instance}` : 'an unnamed target' };
}

/** `10.1.2.3:9990`, `[fd00::1]:9990` */
function addressOf(instance: string): string {
  return instance.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}

/**
 * A certificate by the metrics of the processes that use it. Where they say different things, as when only some of them
 * have taken up a new one, the earliest end counts. One that says what no certificate can have makes it unknown.
 */
export function metricCertificate(
  about: About,
  subject: Subject,
  sightings: readonly Sighting[],
): ControlPlaneCertificate {
  const impossible = sightings.find(
    ({ end }) => !(end > 0 && end <= MAX_SECONDS),
  );
  if (impossible) {
    const { exporter, metric, end } = impossible;
    return unknownCertificate(
      subject,
      notKnown(
        about,
        RULE,
        'malformed',
        `${metric} of ${exporter.name} is ${end}, which is no time at which a certificate ends`,
      ),
    );
  }
  const [first, ...others] = [...sightings].sort(
    (a, b) =>
      a.end - b.end || a.exporter.name.localeCompare(b.exporter.name, 'en'),
  );
  return {
    ...subject,
    validity: {
      value: 'known',
      reasons: [saidBy(about, first), ...othersSay(about, first, others)],
    },
    notAfter: momentOf(first),
  };
}

function saidBy(
  { snapshot, mesh }: About,
  { exporter: { name, pod }, metric }: Sighting,
): Reason {
  return because(
    `${mesh}/control-plane/${RULE}`,
    `Metric ${metric} of ${name}`,
    pod && { snapshot, kind: 'Pod', object: pod },
  );
}

function othersSay(
  { mesh }: About,
  first: Sighting,
  others: readonly Sighting[],
): Reason[] {
  const rule = `${mesh}/control-plane/${RULE}`;
  const later = others.filter(
    ({ end }) => (end - first.end) * 1_000 > SAME_WITHIN_MS,
  );
  const same = others.length - later.length;
  const named = later
    .slice(0, MAX_NAMED)
    .map(one => `${one.exporter.name} (${momentOf(one)})`);
  const more = later.length - named.length;
  return [
    ...(same > 0
      ? [{ rule, text: `${same} more ${same === 1 ? 'says' : 'say'} the same` }]
      : []),
    ...(later.length > 0
      ? [
          {
            rule,
            text: `Later ends, so that not all use the same certificate: ${[
              ...named,
              ...(more > 0 ? [`${more} more`] : []),
            ].join(', ')}`,
          },
        ]
      : []),
  ];
}

/** Certificates end at whole seconds; a sum of seconds and a scrape's time is a little beside them. */
function momentOf({ end }: Sighting): string {
  return new Date(Math.round(end) * 1_000).toISOString();
}
