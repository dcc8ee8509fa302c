import { Entity } from '@backstage/catalog-model';

/** A component whose workloads run on two clusters with different meshes. */
export const reviewsEntity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'reviews',
    namespace: 'default',
    title: 'Reviews',
    annotations: { 'backstage.io/kubernetes-id': 'reviews' },
  },
  spec: {
    type: 'service',
    lifecycle: 'production',
    owner: 'group:default/shop',
  },
};

/** A component that says where it should run more narrowly, by a label selector. */
export const narrowEntity: Entity = {
  ...reviewsEntity,
  metadata: {
    ...reviewsEntity.metadata,
    name: 'ratings',
    annotations: {
      'backstage.io/kubernetes-label-selector': 'app=ratings,tier in (api)',
      'backstage.io/kubernetes-namespace': 'shop',
      'backstage.io/kubernetes-cluster': 'east',
    },
  },
};

/** A component without any annotation of the Kubernetes plugin. */
export const plainEntity: Entity = {
  ...reviewsEntity,
  metadata: { name: 'website', namespace: 'default' },
};
