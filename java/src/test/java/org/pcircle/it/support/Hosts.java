package org.pcircle.it.support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Some hosts on this one: each a network namespace with a name and an address of its own, all on one bridge, which is
 * in a namespace, too. They share files and nothing else. Closing it ends whatever runs on them.
 */
public final class Hosts implements AutoCloseable {

    private static final String SUBNET = "10.234.1.";

    private final String prefix = "pcircle-it-" + ProcessHandle.current().pid() + "-";
    private final int count;
    private final Path agent;

    private Hosts(int count, Path agent) {
        this.count = count;
        this.agent = agent;
    }

    /** So many hosts; the test is skipped where they cannot be had. */
    public static Hosts create(int count) {
        assumeTrue(Command.shell("command -v ip").run().code() == 0, "ip is not installed");
        try {
            Hosts hosts = new Hosts(count, Files.createTempFile("pcircle-it-agent-", ""));
            hosts.start();
            return hosts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start() throws IOException {
        StringBuilder script = new StringBuilder("""
                ip netns add $1switch
                ip netns exec $1switch unshare --uts true
                ip -n $1switch link add bridge type bridge
                ip -n $1switch link set bridge up
                """);
        for (int i = 0; i < count; i++) {
            script.append("""
                    ip netns add $1%1$d
                    ip -n $1switch link add port%1$d type veth peer name eth0 netns $1%1$d
                    ip -n $1switch link set port%1$d master bridge up
                    ip -n $1%1$d addr add %2$s/24 dev eth0
                    ip -n $1%1$d link set eth0 up
                    ip -n $1%1$d link set lo up
                    """.formatted(i, address(i)));
        }
        Outcome made = Command.shell(script.toString(), prefix).run();
        if (made.code() != 0) {
            close();
        }
        assumeTrue(made.code() == 0, () -> "network namespaces are not permitted here: " + made);
        Files.writeString(agent, """
                #!/bin/sh
                host=$((${1##*.} - 1))
                shift
                exec ip netns exec %s$host unshare --uts sh -c 'hostname "$0"; exec sh -c "$*"' host-$host "$@"
                """.formatted(prefix));
        Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The words that start a rank on each of the first hosts, with mpirun on the first of all. */
    public List<String> mpirun(int hosts) {
        String addresses =
                IntStream.range(0, hosts).mapToObj(i -> address(i) + ":1").collect(Collectors.joining(","));
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", prefix + 0));
        words.addAll(List.of("unshare", "--uts", "sh", "-c", "hostname host-0; exec \"$@\"", "sh"));
        words.addAll(List.of("mpirun", "-H", addresses, "-np", Integer.toString(hosts)));
        for (String[] setting : new String[][] {
            {"plm_rsh_agent", agent.toString()},
            {"btl_tcp_if_include", SUBNET + "0/24"},
            {"oob_tcp_if_include", SUBNET + "0/24"},
            {"oob_tcp_keepalive_time", "2"},
            {"oob_tcp_keepalive_intvl", "1"},
            {"oob_tcp_keepalive_probes", "3"},
        }) {
            words.addAll(List.of("--mca", setting[0], setting[1]));
        }
        return words;
    }

    /** Pulls the plug of a host: nothing comes or goes any more, and nobody is told. */
    public void cutOff(int host) {
        Command.of("ip", "-n", prefix + "switch", "link", "set", "port" + host, "down")
                .run()
                .assertCode(0);
    }

    /** How many processes run on a host. */
    public int processes(int host) {
        return (int) Command.of("ip", "netns", "pids", prefix + host)
                .run()
                .out()
                .lines()
                .count();
    }

    private static String address(int host) {
        return SUBNET + (host + 1);
    }

    @Override
    public void close() {
        String script = """
                for host in $(ip netns list | cut -d' ' -f1 | grep "^$1"); do
                  ip netns pids "$host" | xargs -r kill -9 || :
                  ip netns del "$host"
                done
                """;
        Command.shell(script, prefix).run().assertCode(0);
        try {
            Files.deleteIfExists(agent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
