package nl.wijkschakel.kit.web;

import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong, so that one answer names all of it. */
public final class Errors {

    private final List<FieldError> found = new ArrayList<>();

    /** @param pointer a JSON Pointer such as {@code /goals/0/text} */
    public Errors add(String pointer, String code, String detail) {
        found.add(new FieldError(pointer, code, detail));
        return this;
    }

    public Errors addIf(boolean wrong, String pointer, String code, String detail) {
        return wrong ? add(pointer, code, detail) : this;
    }

    public Errors required(boolean present, String pointer) {
        return addIf(!present, pointer, "required", "Vul dit in.");
    }

    public List<FieldError> found() {
        return List.copyOf(found);
    }

    /** @throws Refusal.Invalid when anything was wrong */
    public void refuse() {
        if (!found.isEmpty()) {
            throw new Refusal.Invalid(found);
        }
    }
}
