import { Base, type GitopsApp } from 'fluxwright';

/** `bases/<name>`: what is the same in every environment, declared with the first that builds on it. */
export function sharedBase(app: GitopsApp, name: string, namespace: string | undefined, declare: (base: Base) => void): Base {
  const id = `Base of ${name}`; // no environment can be called that
  const made = app.node.tryFindChild(id);
  if (made !== undefined) return made as Base;
  const base = new Base(app, id, { path: `bases/${name}`, namespace });
  declare(base);
  return base;
}
