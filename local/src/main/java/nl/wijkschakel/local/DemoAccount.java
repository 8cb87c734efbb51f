package nl.wijkschakel.local;

import java.util.List;

/** Who can log in on the demo; the password is the name. They stand in {@code keycloak/demo-users.json}. */
record DemoAccount(String name, String who) {

    static final List<DemoAccount> ALL = List.of(
            new DemoAccount("anna", "wijkteam worker, Wijkteams Waterwijk"),
            new DemoAccount("milan", "wijkteam worker, Wijkteams Waterwijk"),
            new DemoAccount("gita", "coordinator, Wijkteams Waterwijk"),
            new DemoAccount("eva", "wijkteam worker, Wijkteams Bergstad"),
            new DemoAccount("bram", "specialist, Schuldhulp De Brug"),
            new DemoAccount("carla", "coordinator, Schuldhulp De Brug"),
            new DemoAccount("dirk", "specialist, Opvang Het Anker"),
            new DemoAccount("lotte", "specialist, Verslavingszorg Nova"),
            new DemoAccount("farid", "specialist, Schuldhulp De Brug and Verslavingszorg Nova"),
            new DemoAccount("hugo", "functional admin, both municipalities"),
            new DemoAccount("ines", "privacy officer, Waterwijk"),
            new DemoAccount("joris", "policy officer, Waterwijk"),
            new DemoAccount("kim", "IT admin, Waterwijk"));
}
