package nl.wijkschakel.kit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Validation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MergePatchTest {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Person(
            @Nullable @Text(max = 5) String name,
            @Nullable Address address,
            @Nullable List<String> tags) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Address(@Nullable String street, @Nullable String city) {}

    private static final Person SANNE = new Person("Sanne", new Address("Dorpsstraat", "Waterwijk"), List.of("a", "b"));

    private final JsonMapper json = JsonMapper.builder().build();
    private final MergePatch patches =
            new MergePatch(json, Validation.buildDefaultValidatorFactory().getValidator());

    @Test
    void whatIsAbsentStaysAndWhatIsNullGoes() {
        assertThat(patched("{\"address\":{\"street\":null,\"city\":\"Bergstad\"},\"tags\":[\"c\"]}"))
                .isEqualTo(new Person("Sanne", new Address(null, "Bergstad"), List.of("c")));
        assertThat(patched("{\"address\":null}")).isEqualTo(new Person("Sanne", null, List.of("a", "b")));
        assertThat(patched("{}")).isEqualTo(SANNE);
    }

    @Test
    void theResultObeysTheRules() {
        assertThatExceptionOfType(Refusal.Invalid.class)
                .isThrownBy(() -> patched("{\"name\":\"far too long\"}"))
                .satisfies(refusal -> assertThat(refusal.errors())
                        .extracting(FieldError::pointer, FieldError::code)
                        .containsExactly(org.assertj.core.api.Assertions.tuple("/name", "too-long")));
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> patched("[]"));
    }

    private Person patched(String patch) {
        return patches.apply(SANNE, json.readTree(patch), Person.class);
    }
}
