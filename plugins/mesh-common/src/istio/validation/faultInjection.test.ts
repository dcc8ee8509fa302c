import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of fault injection in a VirtualService', () => {
  it.each<[string, string[]]>([
    [
      '{ hosts: [ cart.example.com ], http: [ { redirect: { uri: / }, fault: { abort: { httpStatus: 500 } } } ] }',
      ['spec.http[0].fault: HTTP route cannot contain both fault and redirect'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { directResponse: { status: 200 }, fault: { abort: { httpStatus: 500 } } } ] }',
      [
        'spec.http[0].fault: HTTP route cannot contain both fault and direct_response',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], fault: {} } ] }',
      [
        'spec.http[0].fault: HTTP fault injection must have an abort and/or a delay',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], fault: { abort: { httpStatus: 100 } } } ] }',
      [
        'spec.http[0].fault.abort.httpStatus: HTTP status 100 is not in range 200-599',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], fault: { abort: { httpStatus: 500, percentage: { value: 101 } } } } ] }',
      [
        'spec.http[0].fault.abort.percentage.value: percentage 101 is neither 0.0, nor in range [0.0001, 100.0]',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], fault: { abort: { httpStatus: 500, percentage: { value: 0.00001 } } } } ] }',
      [
        'spec.http[0].fault.abort.percentage.value: percentage 0.00001 is neither 0.0, nor in range [0.0001, 100.0]',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], fault: { abort: { grpcStatus: FOO } } } ] }',
      [
        'spec.http[0].fault.abort.grpcStatus: gRPC status "FOO" is not supported. See https://github.com/grpc/grpc/blob/master/doc/statuscodes.md for a list of supported codes, for example \'NOT_FOUND\'',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], fault: { abort: { http2Error: x } } } ] }',
      [
        'spec.http[0].fault.abort.http2Error: HTTP/2 abort fault injection not supported yet',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], fault: { delay: { fixedDelay: 0s } } } ] }',
      [
        'spec.http[0].fault.delay.fixedDelay: duration must be greater than 1ms',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], fault: { delay: { exponentialDelay: 1s } } } ] }',
      [
        'spec.http[0].fault.delay.exponentialDelay: exponentialDelay not supported yet',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], fault: { delay: { fixedDelay: 1s, percentage: { value: -1 } } } } ] }',
      [
        'spec.http[0].fault.delay.percentage.value: percentage -1 is neither 0.0, nor in range [0.0001, 100.0]',
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('VirtualService', spec)).toEqual(expected);
  });

  it.each([
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], fault: { abort: {} } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], fault: { abort: { httpStatus: 500 } } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], fault: { abort: { httpStatus: 500, percentage: {} } } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], fault: { abort: { grpcStatus: NOT_FOUND } } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], fault: { delay: {} } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], fault: { delay: { fixedDelay: 1s } } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], fault: { delay: { fixedDelay: 1s, percent: 101 } } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], fault: { delay: { fixedDelay: 1s, percent: 50 } } } ] }',
  ])('nothing: %s', spec => {
    expect(said('VirtualService', spec)).toEqual([]);
  });
});
