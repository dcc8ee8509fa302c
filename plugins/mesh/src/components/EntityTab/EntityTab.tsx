import { Entity } from '@backstage/catalog-model';
import {
  MissingAnnotationEmptyState,
  useEntity,
} from '@backstage/plugin-catalog-react';
import {
  entitySelection,
  EntitySelection,
  KUBERNETES_LABEL_SELECTOR_ANNOTATION,
} from 'backstage-plugin-mesh-common';
import { ReactNode } from 'react';
import { EntityParams, useEntityParams } from '../../hooks/useEntityParams';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { MESH_ANNOTATIONS } from '../../isMeshAvailable';
import { ReasonsProvider } from '../Reasons/ReasonsProvider';
import { Notice } from '../States/Notice';
import { PageRoot } from '../States/PageRoot';

/** An entity that says which workloads are its own. */
export interface MeshEntity {
  entity: Entity;
  params: EntityParams;
  selection: EntitySelection;
}

/** A tab of an entity, drawn where the annotations of the entity say which workloads are its own. */
export function EntityTab(props: {
  children: (entity: MeshEntity) => ReactNode;
}) {
  const { entity } = useEntity();
  const params = useEntityParams(entity);
  const t = useMeshTranslation();
  const selected = selectionOf(entity);
  if (selected instanceof Error) {
    return (
      <Notice
        tone="bad"
        urgent
        title={t('state.annotation.unreadable', {
          annotation: KUBERNETES_LABEL_SELECTOR_ANNOTATION,
        })}
      >
        {selected.message}
      </Notice>
    );
  }
  if (!selected) {
    return (
      <>
        <Notice tone="info" title={t('state.annotation.either')} />
        <MissingAnnotationEmptyState annotation={[...MESH_ANNOTATIONS]} />
      </>
    );
  }
  return (
    <ReasonsProvider entity={params}>
      <PageRoot>
        {props.children({ entity, params, selection: selected })}
      </PageRoot>
    </ReasonsProvider>
  );
}

function selectionOf(entity: Entity): EntitySelection | Error | undefined {
  try {
    return entitySelection(entity.metadata.annotations);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
