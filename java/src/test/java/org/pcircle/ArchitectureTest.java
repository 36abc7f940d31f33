package org.pcircle;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
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

    @Test
    void theRoomsOfTheCommandFormNoCircle() {
        check(slices().matching("org.pcircle.cli.(*)..").should().beFreeOfCycles());
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
