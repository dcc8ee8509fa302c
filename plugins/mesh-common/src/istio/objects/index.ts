export * from './destinationRule';
export * from './networking';
export * from './proxies';
export * from './security';
export * from './virtualService';
