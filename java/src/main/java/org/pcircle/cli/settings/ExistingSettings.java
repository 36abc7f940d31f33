package org.pcircle.cli.settings;

import org.jspecify.annotations.Nullable;
import org.pcircle.cli.option.Argument;
import org.pcircle.cli.option.CommandLine;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.cli.option.DeleteScope;
import org.pcircle.cli.option.UpdateRule;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.plan.DeletePolicy;
import org.pcircle.plan.UsageException;

/**
 * What happens to what a destination holds already.
 *
 * @param policy --force, --update, --ignore-existing and --mirror
 * @param delete --delete and --mirror
 */
record ExistingSettings(ExistingPolicy policy, DeletePolicy delete) {

    static ExistingSettings of(CommandLine line) throws UsageException {
        ExistingPolicy policy = policy(line);
        return new ExistingSettings(policy, delete(line, policy));
    }

    private static ExistingPolicy policy(CommandLine line) throws UsageException {
        UpdateRule said = said(line);
        UpdateRule implied = line.has(CommandOption.MIRROR)
                ? UpdateRule.DIFFERING
                : line.has(CommandOption.IGNORE_EXISTING) ? UpdateRule.NONE : null;
        if (line.has(CommandOption.MIRROR) && line.has(CommandOption.IGNORE_EXISTING)) {
            throw new UsageException("--mirror and --ignore-existing contradict each other");
        }
        if (said != null && implied != null && said != implied) {
            String option = line.has(CommandOption.MIRROR) ? "--mirror" : "--ignore-existing";
            throw new UsageException(option + " means --update=" + Argument.word(implied) + ", and --update="
                    + Argument.word(said) + " contradicts it");
        }
        UpdateRule rule = said != null ? said : implied;
        if (rule != null) {
            return rule.policy();
        }
        return line.has(CommandOption.FORCE) ? ExistingPolicy.REPLACE : ExistingPolicy.REFUSE;
    }

    /** The rule of --update; null if it was not given. */
    private static @Nullable UpdateRule said(CommandLine line) throws UsageException {
        String word = line.value(CommandOption.UPDATE);
        return word == null
                ? null
                : word.isEmpty()
                        ? UpdateRule.OLDER
                        : line.choice(CommandOption.UPDATE, UpdateRule.values(), UpdateRule.OLDER);
    }

    private static DeletePolicy delete(CommandLine line, ExistingPolicy policy) throws UsageException {
        String scope = line.value(CommandOption.DELETE);
        if (scope == null) {
            return line.has(CommandOption.MIRROR) ? DeletePolicy.OF_MIRROR : DeletePolicy.NOTHING;
        }
        boolean isOfMirror = scope.isEmpty();
        if (!isOfMirror) {
            line.choice(CommandOption.DELETE, DeleteScope.values(), DeleteScope.ANYTHING);
        }
        if (policy == ExistingPolicy.REFUSE) {
            throw new UsageException(
                    "--delete takes away from an existing DEST: give --force, --update or --ignore-existing, too; --mirror is --update=differing --delete");
        }
        return isOfMirror ? DeletePolicy.OF_MIRROR : DeletePolicy.ANYTHING;
    }
}
