import { LINES } from './lines';

describe('the lines', () => {
  it('have the limits that are promised', () => {
    expect(
      Object.fromEntries(LINES.map(({ name, limit }) => [name, limit])),
    ).toEqual({
      'analyze-full-L': 1,
      'analyze-growth': 12,
      'analyze-one-policy': 0.005,
      'analyze-one-pod': 0.0005,
      'analyze-root-policy': null,
      'memory-L': 700,
      'loop-block-p99.9': 50,
      'loop-block-max': null,
      'cli-start': 3,
      'cli-analyze-M': null,
      'linkerd-analyze-full-L': 1,
      'linkerd-analyze-growth': 12,
      'linkerd-analyze-one-policy': 0.005,
      'linkerd-analyze-one-pod': 0.0005,
      'linkerd-analyze-root-policy': null,
      'linkerd-memory-L': 700,
      'linkerd-loop-block-p99.9': 50,
      'linkerd-loop-block-max': null,
      'linkerd-cli-analyze-M': null,
    });
  });

  it('have names of their own', () => {
    expect(new Set(LINES.map(({ name }) => name)).size).toBe(LINES.length);
  });
});
