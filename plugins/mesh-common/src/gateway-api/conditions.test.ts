import { RouteCondition } from '../contract/routing';
import {
  grpcConditions,
  GRPCRouteMatch,
  httpConditions,
  HTTPRouteMatch,
} from './conditions';

describe('httpConditions', () => {
  it.each<[string, HTTPRouteMatch, RouteCondition[]]>([
    ['nothing', {}, []],
    ['the default path', { path: { type: 'PathPrefix', value: '/' } }, []],
    [
      'a path without value',
      { path: { type: 'Exact' } },
      [{ subject: 'path', operator: 'exact', value: '/' }],
    ],
    [
      'a path without type',
      { path: { value: '/a' } },
      [{ subject: 'path', operator: 'prefix', value: '/a' }],
    ],
    [
      'everything',
      {
        path: { type: 'RegularExpression', value: '/a.*' },
        method: 'GET',
        headers: [
          { name: 'x', value: 'y' },
          { type: 'RegularExpression', name: 'z', value: '.*' },
        ],
        queryParams: [{ type: 'Exact', name: 'q', value: '1' }],
      },
      [
        { subject: 'path', operator: 'regex', value: '/a.*' },
        { subject: 'method', operator: 'exact', value: 'GET' },
        { subject: 'header', name: 'x', operator: 'exact', value: 'y' },
        { subject: 'header', name: 'z', operator: 'regex', value: '.*' },
        { subject: 'query', name: 'q', operator: 'exact', value: '1' },
      ],
    ],
  ])('reads %s', (_, match, expected) => {
    expect(httpConditions(match)).toEqual(expected);
  });
});

describe('grpcConditions', () => {
  it.each<[string, GRPCRouteMatch, RouteCondition[]]>([
    ['nothing', {}, []],
    [
      'a service',
      { method: { service: 'emoji.v1' } },
      [{ subject: 'grpc-service', operator: 'exact', value: 'emoji.v1' }],
    ],
    [
      'a method by expression',
      {
        method: { type: 'RegularExpression', method: 'Find.*' },
        headers: [{ name: 'a', value: 'b' }],
      },
      [
        { subject: 'grpc-method', operator: 'regex', value: 'Find.*' },
        { subject: 'header', name: 'a', operator: 'exact', value: 'b' },
      ],
    ],
  ])('reads %s', (_, match, expected) => {
    expect(grpcConditions(match)).toEqual(expected);
  });
});
