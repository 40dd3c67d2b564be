import { UserError } from '../../errors';
import { examples, ExitCode, type Command, type Terminal } from '../command';

interface WhyOptions {
  readonly rendered?: boolean;
  readonly app?: string;
  readonly format: string;
}

export const why: Command = {
  summary: 'tell where a line of the tree comes from: which construct, Flux, SOPS, a release, a person',

  configure(command) {
    command
      .argument('<file>', 'a file of the tree, or a line of one: FILE:LINE; with --rendered also a Flux Kustomization')
      .argument('[object]', 'with --rendered: an object that the Kustomization applies, as KIND/NAME or KIND/NAMESPACE/NAME')
      .argument('[field]', 'with --rendered: a field of it, such as spec.replicas or spec.template.spec.containers[name=web].image')
      .option('--rendered', 'follow the line, or a field of an object that Flux applies, through kustomize and Flux')
      .option('--app <command>', 'ask this app what it makes, in place of the one that cdk8s.yaml names')
      .option('--format <format>', 'text or json', 'text')
      .addHelpText('after', examples(
        ['what made a line', 'fluxwright why k8s/server/deployment.yaml:12'],
        ['what becomes of it in each cluster', 'fluxwright why apps/base/deployment.yaml:12 --rendered'],
        ['why an applied object has a value', 'fluxwright why apps Deployment/web spec.replicas --rendered'],
      ));
  },

  async run(terminal: Terminal, file: unknown, object: unknown, field: unknown, parameters: unknown): Promise<ExitCode> {
    const options = parameters as WhyOptions;
    const { formats } = require('../../why/output/formats') as typeof import('../../why/output/formats'); // loaded late: --help does without
    const { readWhy } = require('../read-why') as typeof import('../read-why');
    const format = formats[options.format];
    if (format === undefined) throw new UserError('usage', `there is no format ${JSON.stringify(options.format)}`, `take one of ${Object.keys(formats).join(', ')}`);
    if (object !== undefined && options.rendered !== true) throw new UserError('usage', 'an object is named, which is found in what Flux applies', typeof object === 'string' && /^\d+$/.test(object) ? `for a line write ${file as string}:${object}` : 'say --rendered, too');
    terminal.print(format(await readWhy(terminal, { target: file as string, object: object as string | undefined, field: field as string | undefined, rendered: options.rendered ?? false, app: options.app })));
    return ExitCode.ok;
  },
};
