import { examples, type Command, type ExitCode, type Terminal } from '../command';

interface SecretsSetupOptions {
  readonly namespace: string;
  readonly dryRun?: boolean;
}

export const secretsSetup: Command = {
  summary: 'have SOPS encrypt for a key, and print what the cluster needs to decrypt',

  configure(command) {
    command
      .argument('<kind>', 'age, pgp, gcp-kms, aws-kms or azure-kv')
      .argument('[key]', 'the public key, fingerprint or name of the key; for age, by default that of age.agekey here, which is made where there is none')
      .option('--namespace <name>', "Flux's namespace", 'flux-system')
      .option('--dry-run', 'print what would change, and write nothing')
      .addHelpText('after', examples(
        ['a new key of age', 'fluxwright secrets setup age'],
        ['a key of Google Cloud', 'fluxwright secrets setup gcp-kms projects/shop/locations/global/keyRings/flux/cryptoKeys/sops'],
      ));
  },

  async run(terminal: Terminal, kind: unknown, key: unknown, options: unknown): Promise<ExitCode> {
    const { setUpDecryption } = require('../setup-decryption') as typeof import('../setup-decryption'); // loaded late: --help does without
    const { namespace, dryRun = false } = options as SecretsSetupOptions;
    return setUpDecryption(terminal, { kind: kind as string, key: key as string | undefined, namespace, isDryRun: dryRun });
  },
};
