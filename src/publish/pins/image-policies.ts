import { matcherOf } from '../../flux/re2';
import type { Tree } from '../../tree/tree';

/** The ImagePolicy objects of a tree, asked whether they could still select a tag. */
export class ImagePolicies {
  private readonly patterns = new Map<string, string>();

  constructor(tree: Tree) {
    for (const file of tree) {
      if (file.type !== 'manifests' || !file.text.includes('kind: ImagePolicy')) continue;
      for (const { object } of file.documents) {
        const { kind, metadata, spec } = (object ?? {}) as { kind?: string; metadata?: { name?: string; namespace?: string }; spec?: { filterTags?: { pattern?: unknown } } };
        const pattern = spec?.filterTags?.pattern;
        if (kind === 'ImagePolicy' && typeof pattern === 'string') this.patterns.set(`${metadata?.namespace ?? ''}:${metadata?.name}`, pattern);
      }
    }
  }

  /** The pattern of the tags that a policy (`namespace:name`) chooses from. */
  pattern(policy: string): string | undefined {
    return this.patterns.get(policy) ?? this.patterns.get(policy.slice(policy.indexOf(':')));
  }

  /** Undefined where that cannot be said. */
  canSelect(policy: string, tag: string): boolean | undefined {
    const pattern = this.pattern(policy);
    return pattern === undefined ? undefined : matcherOf(pattern)?.test(tag);
  }
}
