import { EXIT, type ExitCode } from "../../lib/error.ts";
import type { CommandContext, CommandModule } from "../command.ts";

interface DoctorOptions {
  readonly install?: true;
  readonly arch?: true;
}

/** `rfckit doctor`: what this machine has, what it lacks and which package holds it. */
export const doctorCommand: CommandModule = {
  verb: "doctor",
  register(program, context, act) {
    program
      .command("doctor")
      .description("say what is installed, what is missing and which Debian package holds it")
      .option("--install", "install what is missing with apt-get (needs root)")
      .option("--arch", "also what rfckit verify --arch needs: cross compilers and machines")
      .action(act((options: DoctorOptions) => examine(options, context)));
  },
};

async function examine(options: DoctorOptions, context: CommandContext): Promise<ExitCode> {
  const { REQUIREMENTS } = await import("../../lib/doctor/requirements.ts");
  const { missingPackages, probeRequirements } = await import("../../lib/doctor/probe.ts");
  const { installLine, installPackages } = await import("../../lib/doctor/install.ts");
  const searchPath = context.env["PATH"] ?? "";
  if (options.install === true) {
    const packages = missingPackages(probeRequirements(REQUIREMENTS, searchPath), {
      ...{ optional: true, arch: options.arch === true },
    });
    await installPackages({
      packages,
      isRoot: process.getuid?.() === 0,
      signal: context.signal,
      onProgress: (line) => context.stderr(`${line}\n`),
    });
  }
  const findings = probeRequirements(REQUIREMENTS, searchPath);
  for (const { requirement, path } of findings) {
    const state = path ?? `missing: package '${requirement.debianPackage}'`;
    const weight = requirement.optional === true ? ", optional" : "";
    context.stdout(`${requirement.needs}: ${state} (${requirement.neededFor}${weight})\n`);
  }
  const missing = missingPackages(findings, { arch: options.arch === true });
  if (missing.length === 0) {
    context.stdout("everything that rfckit needs is here\n");
    return EXIT.ready;
  }
  context.stderr(`rfckit: missing Debian packages: ${missing.join(", ")}\n`);
  context.stderr(`  try: ${installLine(missing)}\n`);
  return EXIT.couldNotRun;
}
