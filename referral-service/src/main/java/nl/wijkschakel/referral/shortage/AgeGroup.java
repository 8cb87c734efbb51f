package nl.wijkschakel.referral.shortage;

import com.fasterxml.jackson.annotation.JsonProperty;

/** As coarse as what a receiver is told before the claim (DOMAIN P4). */
enum AgeGroup {
    @JsonProperty("0-3")
    TODDLER,
    @JsonProperty("4-11")
    CHILD,
    @JsonProperty("12-17")
    TEENAGER,
    @JsonProperty("18-22")
    YOUNG_ADULT,
    @JsonProperty("23-26")
    ADULT_UNTIL_27,
    @JsonProperty("27-64")
    ADULT,
    @JsonProperty("65+")
    PENSIONER,
    @JsonProperty("unknown")
    UNKNOWN
}
