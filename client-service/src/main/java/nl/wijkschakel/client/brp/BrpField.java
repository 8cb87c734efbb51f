package nl.wijkschakel.client.brp;

import java.util.List;

/** What may be asked of a person: no more than a record here can hold. */
enum BrpField {
    NAME("naam"),
    BIRTH_DATE("geboorte"),
    ADDRESS("verblijfplaats"),
    MUNICIPALITY("gemeenteVanInschrijving");

    private final String group;

    BrpField(String group) {
        this.group = group;
    }

    /** The part of the answer that holds it. */
    String group() {
        return group;
    }

    /** As the BRP names them in {@code fields}: of a group only what is used. */
    List<String> asked() {
        return switch (this) {
            case NAME -> List.of("naam.voornamen", "naam.voorvoegsel", "naam.geslachtsnaam");
            case BIRTH_DATE -> List.of("geboorte.datum");
            case ADDRESS -> List.of("verblijfplaats.functieAdres", "verblijfplaats.verblijfadres");
            case MUNICIPALITY -> List.of("gemeenteVanInschrijving");
        };
    }
}
