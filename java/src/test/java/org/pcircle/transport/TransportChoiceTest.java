package org.pcircle.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.pcircle.circle.MessageCodec;
import org.pcircle.workload.WorkItemCodec;

class TransportChoiceTest {

    private static final Launcher ONE_OF_FOUR = new Launcher(0, 4);

    private final MessageCodec codec = new MessageCodec(new WorkItemCodec());

    @Test
    void aProcessThatRunsAloneIsOneRankAndNeedsNoMpi() throws Exception {
        try (Transport transport = TransportChoice.AUTO.open(Launcher.ALONE, codec)) {
            assertThat(transport).isInstanceOf(InProcess.class);
            assertThat(transport.size()).isOne();
        }
    }

    @Test
    void oneOfSeveralProcessesIsNotToRunAlone() {
        assertThatThrownBy(() -> TransportChoice.LOCAL.open(ONE_OF_FOUR, codec))
                .isInstanceOf(TransportProvider.UnavailableException.class)
                .hasMessage("--transport local: started as one of several processes, each of which would copy alone");
    }

    @Test
    void everyTransportButAutoHasAProviderWithAName() {
        for (TransportChoice choice : TransportChoice.values()) {
            TransportProvider provider = choice.provider();
            assertThat(provider == null).as(choice.name()).isEqualTo(choice == TransportChoice.AUTO);
            assertThat(provider == null ? "auto" : provider.name()).isNotEmpty();
        }
    }
}
