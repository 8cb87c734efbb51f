package nl.wijkschakel.referral.directory;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.UUID;

/** Part of an organisation, with the phone at which it answers for its referrals. */
public record Team(UUID id, @JsonIgnore long version, UUID organisation, String name, String municipality, String phone)
        implements Entry {

    @Override
    public List<String> municipalities() {
        return List.of(municipality);
    }
}
