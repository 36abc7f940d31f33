package org.pcircle;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.junit.jupiter.api.Test;
import org.pcircle.fs.Processor;

/** The arrows between packages, as ARCHITECTURE.md draws them. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.pcircle");

    @Test
    void theCircleDependsOnTheJdkAndTheWireAlone() {
        check(classes()
                .that()
                .resideInAPackage("..circle..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.pcircle.circle",
                        "org.pcircle.wire",
                        "java.lang..",
                        "java.util",
                        "java.nio..",
                        "org.jspecify.."));
    }

    @Test
    void theWireDependsOnTheJdkAlone() {
        check(classes()
                .that()
                .resideInAPackage("..wire..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.pcircle.wire", "java.lang..", "java.nio", "java.nio.charset", "org.jspecify.."));
    }

    /** But for the one class that has to know what the processor can do. */
    @Test
    void digestsDependOnTheirHashFunctionsAlone() {
        check(noClasses()
                .that()
                .resideInAPackage("..digest..")
                .should()
                .dependOnClassesThat(resideInAPackage("..fs..").and(not(type(Processor.class)))));
        check(classes()
                .that()
                .resideInAPackage("..digest..")
                .and()
                .haveNameNotMatching("org\\.pcircle\\.digest\\.Xxh64Library(\\$.*)?")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.pcircle.digest",
                        "net.jpountz.xxhash",
                        "java.lang..",
                        "java.util",
                        "java.nio..",
                        "java.security",
                        "org.jspecify.."));
    }

    @Test
    void theJournalKnowsFormatsAndNoFileSystem() {
        check(classes()
                .that()
                .resideInAPackage("..journal..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.pcircle.journal",
                        "org.pcircle.wire",
                        "java.lang..",
                        "java.util",
                        "java.util.function",
                        "java.util.zip",
                        "java.nio",
                        "java.nio.charset",
                        "org.jspecify.."));
    }

    @Test
    void theCircleKnowsNoThreadAndNoClock() {
        check(noClasses()
                .that()
                .resideInAPackage("..circle..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis"));
    }

    @Test
    void transportAndWorkDoNotKnowEachOther() {
        check(noClasses()
                .that()
                .resideInAPackage("..transport..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..work.."));
        check(noClasses()
                .that()
                .resideInAPackage("..work..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..transport.."));
    }

    @Test
    void onlyOneClassKnowsMpi() {
        check(noClasses()
                .that()
                .haveNameNotMatching("org\\.pcircle\\.transport\\.OpenMpi(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("mpi.."));
    }

    @Test
    void onlyFsCallsTheNatives() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("..fs..", "..jni..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..jni.."));
    }

    @Test
    void onlyTheCommandPrintsOrExits() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("..cli..")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class));
    }

    /** From the top down; what stands side by side in ARCHITECTURE.md's drawing is one floor here. */
    @Test
    void everyArrowPointsDown() {
        check(layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .ensureAllClassesAreContainedInArchitecture()
                .layer("command")
                .definedBy("org.pcircle.cli..")
                .layer("run")
                .definedBy("org.pcircle.run")
                .layer("workload")
                .definedBy("org.pcircle.workload")
                .layer("rooms of work")
                .definedBy("org.pcircle.work.*")
                .layer("frame of work")
                .definedBy("org.pcircle.work")
                .layer("facts of a run")
                .definedBy("org.pcircle.plan", "org.pcircle.report", "org.pcircle.manifest", "org.pcircle.transport")
                .layer("circle")
                .definedBy("org.pcircle.circle")
                .layer("digest")
                .definedBy("org.pcircle.digest")
                .layer("fs")
                .definedBy("org.pcircle.fs")
                .layer("journal")
                .definedBy("org.pcircle.journal")
                .layer("jni")
                .definedBy("org.pcircle.jni")
                .layer("wire")
                .definedBy("org.pcircle.wire")
                .whereLayer("command")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("run")
                .mayOnlyBeAccessedByLayers("command")
                .whereLayer("workload")
                .mayOnlyBeAccessedByLayers("command", "run")
                .whereLayer("rooms of work")
                .mayOnlyBeAccessedByLayers("command", "run", "workload")
                .whereLayer("frame of work")
                .mayOnlyBeAccessedByLayers("command", "run", "workload", "rooms of work")
                .whereLayer("facts of a run")
                .mayOnlyBeAccessedByLayers("command", "run", "workload", "rooms of work", "frame of work")
                .whereLayer("circle")
                .mayOnlyBeAccessedByLayers(
                        "command", "run", "workload", "rooms of work", "frame of work", "facts of a run")
                .whereLayer("digest")
                .mayOnlyBeAccessedByLayers(
                        "command", "run", "workload", "rooms of work", "frame of work", "facts of a run")
                .whereLayer("fs")
                .mayOnlyBeAccessedByLayers(
                        "command", "run", "workload", "rooms of work", "frame of work", "facts of a run", "digest")
                .whereLayer("journal")
                .mayOnlyBeAccessedByLayers("command", "run", "workload", "rooms of work", "frame of work")
                .whereLayer("jni")
                .mayOnlyBeAccessedByLayers("fs")
                .whereLayer("wire")
                .mayOnlyBeAccessedByLayers(
                        "command",
                        "workload",
                        "rooms of work",
                        "frame of work",
                        "facts of a run",
                        "circle",
                        "journal",
                        "fs"));
    }

    /** But for spools and change lines, which any of them may use, and for checkpoints, which hold what others have open. */
    @Test
    void theRoomsOfWorkDoNotKnowEachOther() {
        check(slices().matching("org.pcircle.work.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), resideInAnyPackage("org.pcircle.work.spool", "org.pcircle.work.change"))
                .ignoreDependency(resideInAPackage("org.pcircle.work.checkpoint"), alwaysTrue()));
        check(slices().matching("org.pcircle.work.(*)..").should().beFreeOfCycles());
    }

    @Test
    void theRoomsOfTheCommandFormNoCircle() {
        check(slices().matching("org.pcircle.cli.(*)..").should().beFreeOfCycles());
    }

    @Test
    void theRoomsOfTheCommandDoNotKnowWhoChoosesIt() {
        check(noClasses()
                .that()
                .resideInAPackage("org.pcircle.cli.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.pcircle.cli"));
    }

    @Test
    void settingsKnowNoJobs() {
        check(noClasses()
                .that()
                .resideInAPackage("org.pcircle.cli.settings..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.pcircle.cli.job.."));
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }
}
