import { App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { UserError } from '../errors';
import type { Tree } from '../tree/tree';
import { brand, hasBrand } from './brand';
import { DEFAULT_FLUX_RELEASE, type FluxRelease } from '../flux/releases';
import { layOut } from './layout';
import { isProjectId } from './names';
import { expectSynth, markAsked, reportUserErrors, runSynth, watchConstructs } from './run';

export interface GitopsAppProps {
  /**
   * The project's stable id. It stands in the first line of every generated file and says which files are this app's own,
   * so it never changes. Lower-case letters, digits and dashes.
   */
  readonly name: string;

  /**
   * Where the tree lies, from the root: the directory that holds the app's directories.
   * @default "k8s"
   */
  readonly directory?: string;

  /**
   * The root of the tree: what Flux's paths start from, which is the root of the Git repository that Flux reads.
   * @default the nearest folder, from the working directory up, that holds a cdk8s.yaml
   */
  readonly root?: string;

  /**
   * The Flux release that decides about Flux objects in directories that belong to no cluster.
   * @default "2.9"
   */
  readonly fluxRelease?: FluxRelease;
}

/**
 * A cdk8s app whose output is a committed tree of directories instead of a folder of charts.
 *
 * @example
 * const app = new GitopsApp({ name: 'shop' });
 * new Directory(app, 'docs');
 * app.synth();
 */
export class GitopsApp extends App {
  static override of(construct: IConstruct): GitopsApp {
    const root = construct.node.root;
    if (hasBrand(root, 'GitopsApp')) return root as GitopsApp;
    throw new UserError('wrong-scope', `${construct.node.path || 'a construct'} does not lie in a GitopsApp`, 'build it below new GitopsApp({ name: … })');
  }

  readonly name: string;
  readonly directory: string;
  readonly root: string | undefined;
  readonly fluxRelease: FluxRelease;

  /** @throws UserError `name-invalid` for a name that cannot stand in a file's first line */
  constructor(props: GitopsAppProps) {
    super();
    brand(this, 'GitopsApp');
    reportUserErrors();
    watchConstructs();
    if (!isProjectId(props.name)) {
      throw new UserError('name-invalid', `the app's name is ${JSON.stringify(props.name)}`, 'use lower-case letters, digits and dashes, such as "shop"');
    }
    this.name = props.name;
    this.directory = props.directory ?? 'k8s';
    this.root = props.root;
    this.fluxRelease = props.fluxRelease ?? DEFAULT_FLUX_RELEASE;
    expectSynth(this);
  }

  /**
   * The tree that the constructs describe, without touching a file.
   * @throws UserError with everything that is wrong in the constructs
   */
  toTree(): Tree {
    markAsked(this);
    return layOut(this);
  }

  /** Publishes the tree: what `cdk8s synth` and `fluxwright synth` run. */
  override synth(): void {
    runSynth(this);
  }

  override synthYaml(): string {
    return [...this.toTree()].flatMap((file) => (file.type === 'manifests' ? [file.text] : [])).join('---\n');
  }
}

