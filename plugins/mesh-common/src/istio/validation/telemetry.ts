import { Field } from '../../validation/Field';
import { Problems, refused, refusedFor, warned } from '../../validation/report';
import { attachment } from './selectors';
import { Subject } from './subject';

/** What istiod refuses of a Telemetry (istio/istio pkg/config/validation/validation.go: ValidateTelemetry). */
export function* telemetry({ spec, celComplaint }: Subject): Problems {
  yield* attachment(spec);
  for (const entry of spec.get('metrics').items) {
    yield* providers(entry);
    for (const override of entry.get('overrides').items) {
      yield* metricOverride(override);
    }
  }
  yield* tracing(spec.get('tracing'));
  for (const entry of spec.get('accessLogging').items) {
    yield* providers(entry);
    const filter = entry.get('filter');
    const expression = filter.get('expression');
    if (filter.exists) {
      yield* refusedFor(
        expression,
        expression.text === ''
          ? 'must be a valid CEL expression: it is empty'
          : celComplaint(expression.text),
      );
    }
  }
}

function* providers(entry: Field): Problems {
  for (const provider of entry.get('providers').items) {
    if (provider.get('name').text === '') {
      yield refused(provider.get('name'), 'providers.name may not be empty');
    }
  }
}

function* metricOverride(override: Field): Problems {
  for (const [name, tag] of override.get('tagOverrides').members) {
    if (name === '') {
      yield warned(tag, 'tagOverrides.name may not be empty');
    }
    const operation = tag.get('operation').text || 'UPSERT';
    const value = tag.get('value');
    if (operation === 'UPSERT' && value.text === '') {
      yield refused(
        value,
        'tagOverrides.value must be set when operation is UPSERT',
      );
    }
    if (operation === 'REMOVE' && value.text !== '') {
      yield refused(
        value,
        'tagOverrides.value may only be set when operation is UPSERT',
      );
    }
  }
  const custom = override.get('match').get('customMetric');
  if (custom.value === '') {
    yield refused(custom, 'customMetric may not be empty');
  }
}

function* tracing(list: Field): Problems {
  if (list.items.length > 1) {
    yield warned(list, 'multiple tracing is not currently supported');
  }
  for (const entry of list.items) {
    if (entry.get('providers').items.length > 1) {
      yield warned(
        entry.get('providers'),
        'multiple providers is not currently supported',
      );
    }
    yield* providers(entry);
    const sampling = entry.get('randomSamplingPercentage');
    if (sampling.number < 0 || sampling.number > 100) {
      yield refused(
        sampling,
        'randomSamplingPercentage must be in range [0.0, 100.0]',
      );
    }
    for (const [name, tag] of entry.get('customTags').members) {
      yield* customTag(name, tag);
    }
  }
}

function* customTag(name: string, tag: Field): Problems {
  if (name === '') {
    yield refused(tag, 'tag name may not be empty');
  }
  for (const [type, member, what] of [
    ['literal', 'value', 'literal tag value'],
    ['header', 'name', 'header tag name'],
    ['environment', 'name', 'environment tag name'],
  ]) {
    if (tag.get(type).exists && tag.get(type).get(member).text === '') {
      yield refused(tag.get(type).get(member), `${what} may not be empty`);
    }
  }
}
