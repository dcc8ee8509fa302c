/** Items of the production checklist that manifests can satisfy, in the checklist's own words. */
export const POLICY_ITEMS = {
  trafficRules: { section: 'Configuration', item: 'Set up traffic rules' },
  securityPolicies: {
    section: 'Configuration',
    item: 'Configure security policies',
  },
  circuitBreakers: {
    section: 'Configuration',
    item: 'Set up circuit breakers',
  },
  retryPolicies: { section: 'Configuration', item: 'Configure retry policies' },
  mtls: { section: 'Security Setup', item: 'Enable mTLS for all services' },
  authorization: {
    section: 'Security Setup',
    item: 'Configure authorization policies',
  },
  virtualServices: {
    section: 'Traffic Management',
    item: 'Set up virtual services',
  },
  destinationRules: {
    section: 'Traffic Management',
    item: 'Configure destination rules',
  },
  loadBalancing: {
    section: 'Traffic Management',
    item: 'Configure load balancing',
  },
  connectionPooling: {
    section: 'Performance Tuning',
    item: 'Configure connection pooling',
  },
  timeoutsAndRetries: {
    section: 'Performance Tuning',
    item: 'Optimize timeouts and retries',
  },
} as const;

export type PolicyItem = keyof typeof POLICY_ITEMS;

/** An item of the checklist. */
export interface ChecklistItemRef {
  section: string;
  item: string;
}
