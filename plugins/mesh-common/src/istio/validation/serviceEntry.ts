import { exportTo } from './exportTo';
import { Field } from '../../validation/Field';
import {
  partialWildcardComplaint,
  subnetComplaint,
  wildcardDomainComplaint,
} from './hosts';
import { isHttp, isTls, protocol } from './protocols';
import { Problems, refused, refusedFor, warned } from '../../validation/report';
import { labelledWorkloads } from './selectors';
import { resolutionRules } from './serviceEntryResolution';
import { Subject } from './subject';
import { port, portNameComplaint } from './values';

/** What istiod refuses of a ServiceEntry (istio/istio pkg/config/validation/validation.go: ValidateServiceEntry). */
export function* serviceEntry(subject: Subject): Problems {
  const { spec, namespace } = subject;
  const resolution = spec.get('resolution').text || 'NONE';
  yield* labelledWorkloads(spec.get('workloadSelector'), 'service entry');
  if (spec.get('workloadSelector').exists && spec.get('endpoints').exists) {
    yield refused(
      spec,
      'only one of WorkloadSelector or Endpoints is allowed in Service Entry',
    );
  }
  yield* hosts(spec.get('hosts'), resolution);
  yield* addresses(spec.get('addresses'), resolution);
  yield* ports(spec.get('ports'));
  yield* resolutionRules(subject, resolution);
  yield* severalHosts(spec, resolution);
  yield* exportTo(spec.get('exportTo'), { namespace, mayBeNone: true });
}

function* hosts(list: Field, resolution: string): Problems {
  if (list.items.length === 0) {
    yield refused(list, 'service entry must have at least one host');
  }
  for (const host of list.items) {
    if (host.text === '*') {
      yield refused(host, 'invalid host *');
      continue;
    }
    yield* refusedFor(host, wildcardDomainComplaint(host.text));
    const partial = partialWildcardComplaint(host.text);
    if (partial && resolution !== 'DYNAMIC_DNS') {
      yield warned(host, partial);
    }
  }
}

function* addresses(list: Field, resolution: string): Problems {
  for (const address of list.items) {
    yield* refusedFor(address, subnetComplaint(address.text));
    if (
      address.text.includes('/') &&
      !['NONE', 'STATIC'].includes(resolution)
    ) {
      yield refused(
        address,
        'CIDR addresses are allowed only for NONE/STATIC resolution types',
      );
    }
  }
}

function* ports(list: Field): Problems {
  const [names, numbers] = [new Set<string>(), new Set<number>()];
  for (const item of list.items) {
    const [name, number] = [item.get('name'), item.get('number')];
    if (names.has(name.text)) {
      yield refused(
        name,
        `service entry port name "${name.text}" already defined`,
      );
    }
    if (numbers.has(number.number)) {
      yield refused(
        number,
        `service entry port ${number.number} already defined`,
      );
    }
    names.add(name.text);
    numbers.add(number.number);
    if (item.get('targetPort').number !== 0) {
      yield* port(item.get('targetPort'));
    }
    yield* refusedFor(name, portNameComplaint(name.text));
    yield* protocol(item.get('protocol'));
    yield* port(number);
  }
}

/** Plain TCP carries no name, so several hosts cannot be told apart. */
function* severalHosts(spec: Field, resolution: string): Problems {
  if (resolution === 'NONE' || spec.get('hosts').items.length < 2) {
    return;
  }
  const plain = spec.get('ports').items.find(item => {
    const name = item.get('protocol').text;
    return !isHttp(name) && !isTls(name);
  });
  if (plain) {
    yield refused(
      plain,
      'multiple hosts provided with non-HTTP, non-TLS ports',
    );
  }
}
