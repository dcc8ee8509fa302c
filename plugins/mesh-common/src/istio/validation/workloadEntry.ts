import { Field } from '../../validation/Field';
import { fqdnComplaint, isIpAddress, unixAddressComplaint } from './hosts';
import { Problems, refused, refusedFor, warned } from '../../validation/report';
import { Subject } from './subject';
import { labels, port, portNameComplaint } from './values';

const UNIX = 'unix://';

/** What istiod refuses of a WorkloadEntry (istio/istio pkg/config/validation/validation.go: validateWorkloadEntry). */
export function* workloadEntry({ spec }: Subject): Problems {
  yield* endpoint(spec, { mayBeName: true });
}

/**
 * A workload by its address: an IP address, a Unix socket, or where that may be a name. `ports` are those of the
 * ServiceEntry that it belongs to.
 */
export function* endpoint(
  field: Field,
  options: { mayBeName: boolean; ports?: ReadonlySet<string> },
): Problems {
  const address = field.get('address');
  const isSocket = address.text.startsWith(UNIX);
  if (address.text === '') {
    if (field.get('network').text === '') {
      yield refused(address, 'Address is required');
      return;
    }
    yield warned(
      address,
      `address is unset with network "${field.get('network').text}"`,
    );
  } else if (isSocket) {
    yield* socket(field, address, options.ports);
  } else if (!isIpAddress(address.text)) {
    if (!options.mayBeName) {
      yield refused(
        address,
        `endpoint address "${address.text}" is not a valid IP address`,
      );
    } else if (fqdnComplaint(address.text)) {
      yield refused(
        address,
        `endpoint address "${address.text}" is not a valid FQDN or an IP address`,
      );
    }
  }
  yield* endpointPorts(field.get('ports'), options.ports);
  yield* labels(field.get('labels'));
}

function* socket(
  field: Field,
  address: Field,
  ports: ReadonlySet<string> | undefined,
): Problems {
  yield* refusedFor(
    address,
    unixAddressComplaint(address.text.slice(UNIX.length)),
  );
  if (field.get('ports').isFilled) {
    yield refused(
      field.get('ports'),
      `unix endpoint ${address.text} must not include ports`,
    );
  }
  if (ports && ports.size !== 1) {
    yield refused(
      address,
      'exactly 1 service port required for unix endpoints',
    );
  }
}

export function* endpointPorts(
  field: Field,
  known: ReadonlySet<string> | undefined,
): Problems {
  for (const [name, number] of field.members) {
    if (known && !known.has(name)) {
      yield refused(
        number,
        `endpoint port ${number.number} is not defined by the service entry`,
      );
    }
    yield* refusedFor(number, portNameComplaint(name));
    yield* port(number);
  }
}
