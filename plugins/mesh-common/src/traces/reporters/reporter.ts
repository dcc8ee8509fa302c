import { Workload } from '../../mesh/workloads';
import { StoredSpan } from '../model';

/**
 * Where a span says that it comes from.
 *
 * @public
 */
export interface SpanPlace {
  namespace: string;
  pod?: string;
  /** The name of its Deployment, StatefulSet or DaemonSet. */
  workload?: string;
}

/**
 * What a store is asked for spans of a workload by.
 *
 * @public
 */
export interface ServiceSearch {
  service: string;
  /** Where workloads share the name of a service, the tags that tell them apart. */
  tags: Readonly<Record<string, string>>;
}

/** One kind of reporter of spans: how they are recognised, what they call themselves, where they say they are. */
export interface SpanReporter {
  role: 'proxy' | 'application';
  recognises(span: StoredSpan): boolean;
  /** Under which names a store may have the spans of a workload's reporter. */
  searches(workload: Workload): ServiceSearch[];
  placeOf(span: StoredSpan): SpanPlace | undefined;
}

/**
 * The value of an attribute of the span or of its process, as a text; undefined where it is empty.
 *
 * @public
 */
export function attributeOf(
  { attributes, process }: StoredSpan,
  name: string,
): string | undefined {
  const value = attributes[name] ?? process.attributes[name];
  return value === undefined || value === '' ? undefined : String(value);
}

/** The first of the attributes that is there. */
export function firstOf(
  span: StoredSpan,
  ...names: readonly string[]
): string | undefined {
  return names
    .map(name => attributeOf(span, name))
    .find(value => value !== undefined);
}

/** Searches by names alone. */
export function byName(names: readonly string[]): ServiceSearch[] {
  return names.map(service => ({ service, tags: {} }));
}
