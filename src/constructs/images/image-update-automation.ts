import type { Construct } from 'constructs';
import type { ImageUpdateAutomationSpec } from '../../../imports/image.toolkit.fluxcd.io';
import { Cluster } from '../../app/cluster';
import { Directory } from '../../app/directory';
import { FieldChecks } from '../../app/field-checks';
import type { ApiPatch } from '../api-data';
import type { ApiResourceProps } from '../api-resource';
import { FluxResource } from '../flux/flux-resource';
import { sourceReferenceOf, sourceRefFrom, type AnySource } from '../flux/source';
import { nameReference, type NameReference } from '../name-reference';
import { registerAutomation } from './automation-reach';

export interface ImageUpdateAutomationProps extends ApiResourceProps {
  /**
   * The GitRepository to commit to. Its deploy key must allow to write.
   * @default the source that the cluster bootstraps from
   */
  readonly source?: AnySource;

  /**
   * The branch to start from.
   * @default the one that the source follows
   */
  readonly checkoutBranch?: string;

  /**
   * What to start from if it is no branch: a tag, a range of versions, a commit or a reference. Needs `pushBranch`.
   * @default none
   */
  readonly checkoutReference?: { readonly tag?: string; readonly semver?: string; readonly commit?: string; readonly name?: string };

  /**
   * The branch to push to: name another one to have updates reviewed.
   * @default the one that it starts from
   */
  readonly pushBranch?: string;

  /**
   * Where to push to beside the branch, as `git push` reads it, for hosts that review by reference: `refs/heads/main:refs/for/main`.
   * @default none
   */
  readonly pushRefspec?: string;

  /**
   * Options that the Git host takes with a push.
   * @default none
   */
  readonly pushOptions?: Readonly<Record<string, string>>;

  /**
   * Who the commits are from.
   * @default fluxcdbot, fluxcdbot@users.noreply.github.com
   */
  readonly author?: { readonly name?: string; readonly email: string };

  /**
   * The commit message, a Go template that `.Changed.Changes` tells what was written.
   * @default "Update from image update automation", as Flux has it
   */
  readonly messageTemplate?: string;

  /**
   * Values for `{{ .Values.name }}` in the message.
   * @default none
   */
  readonly messageTemplateValues?: Readonly<Record<string, string>>;

  /**
   * The Secret with the key to sign commits with (`git.asc`, or `identity` for SSH), and what kind of key that is.
   * @default commits are not signed
   */
  readonly signingKey?: { readonly secretRef: NameReference; readonly type?: 'gpg' | 'ssh' };

  /**
   * The directory whose files it writes, or its path from the root of the repository. It must cover every file with a pin.
   * @default "./" - the whole repository
   */
  readonly updates?: Directory | string;

  /**
   * Which policies of its namespace it follows, by their labels.
   * @default all of them
   */
  readonly policySelector?: ApiPatch<NonNullable<ImageUpdateAutomationSpec['policySelector']>>;

  /**
   * How often it looks for something to write.
   * @default "5m"
   */
  readonly interval?: string;

  /**
   * Whether Flux leaves it alone for now.
   * @default false
   */
  readonly suspend?: boolean;

  /** Whatever else its CRD has, merged over the rest. */
  readonly spec?: ApiPatch<ImageUpdateAutomationSpec>;
}

/**
 * An ImageUpdateAutomation: Flux writes the tags that its policies choose into the committed tree, where values are pinned.
 *
 * @example
 * new ImageUpdateAutomation(server, 'updater', { checkoutBranch: 'main', updates: server });
 * @see https://fluxcd.io/flux/components/image/imageupdateautomations/
 */
export class ImageUpdateAutomation extends FluxResource {
  /** @throws UserError `reference-invalid` without a GitRepository, `value-invalid` for a push that leads nowhere */
  constructor(scope: Construct, id: string, props: ImageUpdateAutomationProps = {}) {
    super(scope, id, 'ImageUpdateAutomation', props);
    const given = props.source ?? Cluster.around(this)?.source;
    const source = given && sourceReferenceOf(given);
    const { checkoutBranch, checkoutReference: reference, signingKey } = props;
    const pushBranch = props.pushBranch ?? checkoutBranch;
    new FieldChecks(this, 'ImageUpdateAutomation')
      .duration('interval', props.interval)
      .require(source !== undefined, 'reference-invalid', 'has no source, and lies in no cluster that bootstraps from one', 'give it source: a GitRepository')
      .require(source === undefined || source.kind === 'GitRepository', 'reference-invalid', `has the ${source?.kind} "${source?.name}" as source`, 'give it a GitRepository: Flux pushes there')
      .require(checkoutBranch === undefined || reference === undefined, 'value-invalid', `starts from the branch "${checkoutBranch}" and from ${JSON.stringify(reference)}`, 'set one of checkoutBranch and checkoutReference')
      .require(reference === undefined || pushBranch !== undefined, 'value-invalid', `starts from ${JSON.stringify(reference)} and has no branch to push to`, 'set pushBranch')
      .done();
    registerAutomation(this);
    const checkout = checkoutBranch === undefined ? reference : { branch: checkoutBranch };
    const push = { branch: pushBranch, refspec: props.pushRefspec, options: props.pushOptions };
    this.define(
      {
        spec: {
          interval: props.interval ?? '5m',
          sourceRef: sourceRefFrom(this.namespace, source!),
          git: {
            checkout: checkout && { ref: checkout },
            commit: {
              author: { name: props.author === undefined ? 'fluxcdbot' : props.author.name, email: props.author?.email ?? 'fluxcdbot@users.noreply.github.com' },
              messageTemplate: props.messageTemplate,
              messageTemplateValues: props.messageTemplateValues,
              signingKey: signingKey && { type: signingKey.type, secretRef: nameReference(signingKey.secretRef) },
            },
            push: Object.values(push).some((value) => value !== undefined) ? push : undefined,
          },
          policySelector: props.policySelector,
          update: { strategy: 'Setters', path: pathOf(props.updates) },
          suspend: props.suspend,
        },
      },
      { spec: props.spec },
    );
  }
}

function pathOf(updates: Directory | string | undefined): string {
  if (Directory.isDirectory(updates)) return `./${updates.path}`;
  return updates ?? './';
}
