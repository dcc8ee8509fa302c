import { createContext, ReactNode, useContext, useState } from 'react';
import { EntityParams } from '../../hooks/useEntityParams';
import { AnswerRegistry } from './AnswerRegistry';
import { ReasonDrawer } from './ReasonDrawer';

const RegistryContext = createContext<AnswerRegistry | undefined>(undefined);

/** The answers of the page. */
export function useAnswerRegistry(): AnswerRegistry {
  const registry = useContext(RegistryContext);
  if (!registry) {
    throw new Error('Reasons can only be shown inside a ReasonsProvider');
  }
  return registry;
}

/** Lets the answers inside open the drawer with their reasons. Objects are read as objects of this entity. */
export function ReasonsProvider(props: {
  entity: EntityParams;
  children: ReactNode;
}) {
  const [registry] = useState(AnswerRegistry.create);
  return (
    <RegistryContext.Provider value={registry}>
      {props.children}
      <ReasonDrawer registry={registry} entity={props.entity} />
    </RegistryContext.Provider>
  );
}
