export * from './cluster';
export * from './network';
export * from './pods';
export * from './workloads';
